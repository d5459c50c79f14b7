"""Server-rendered pages, in Dutch, that work without scripts. One module per screen; `screens.py` lists them for asgi.py."""
