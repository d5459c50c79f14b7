"""Case text without its child: the engine, the pack, its release. What comes out is pseudonymous, not anonymous."""
