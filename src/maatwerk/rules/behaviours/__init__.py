"""The ways in which an act can work on a case (`gedrag`): one module each, one line in `palette`. Nothing else knows their names."""
