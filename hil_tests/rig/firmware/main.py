"""Started by the rig's board. (mypy knows one `main` only, the camera's: the rest is in rig_main.)"""

import rig_main  # noqa: F401
