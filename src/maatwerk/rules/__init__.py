"""Pure rules: no await, no clock, no I/O. What was decided is recorded; what is due is derived."""
