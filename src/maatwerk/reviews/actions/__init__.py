"""What reviewers do beside voting: open a pack or an attachment of it, say when they are away."""
