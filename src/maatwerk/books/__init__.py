"""Books: the ledger of a tenant. Entries are final; an envelope's totals move in the transaction of the entry."""
