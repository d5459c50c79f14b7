"""The composition for development, tests and the demo: engines, mail catcher, supervisor. Production never imports it."""
