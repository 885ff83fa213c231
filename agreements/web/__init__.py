"""The workbench: the verbs of the library as pages in the person's own browser, on this computer alone.

A request goes through the guard (`guard`), the screen that its address names (`screens/`), one or two verbs on a
thread, and a template. `serving` opens the door and shuts it. The room keeps nothing: what is true stands in the
address or in a file of the repository; a session has a token, and a folder for what was uploaded.
"""

from agreements.web.application import Workbench, application
from agreements.web.layout import address_of
from agreements.web.serving import Serving, keys_of_running, routes

__all__ = ["Serving", "Workbench", "address_of", "application", "keys_of_running", "routes"]
