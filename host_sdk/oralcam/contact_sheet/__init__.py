"""A contact sheet: a visit's photos on one page, with what the records say of them.

`contact_sheet(photos)` returns the page as a JPEG. It needs the extra `oralcam[image]`. The page names the
patient: it is health information like the photos.

Modules without `__all__` are internal.
"""

from __future__ import annotations

from oralcam.contact_sheet.page import contact_sheet as contact_sheet
from oralcam.contact_sheet.photo import SheetPhoto as SheetPhoto

__all__ = ["SheetPhoto", "contact_sheet"]
