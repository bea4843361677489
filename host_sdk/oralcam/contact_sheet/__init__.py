"""A contact sheet: a visit's photos on one page, with what the records say of them.

`contact_sheet(photos)` gives the page as a JPEG. Needs the extra `oralcam[image]`. The page names the
patient: it is health information like the photos.
"""

from __future__ import annotations

from oralcam.contact_sheet.page import contact_sheet as contact_sheet
from oralcam.contact_sheet.photo import SheetPhoto as SheetPhoto
