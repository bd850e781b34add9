"""Make the README's pictures of the web page and the report again: `python tests/gallery.py`.

From the fixtures, into `output/gallery/`. The report needs LibreOffice and poppler, the web page
Chromium with its driver and selenium; what is missing here keeps the picture it has.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from timeline import Timeline, build

ROOT = Path(__file__).resolve().parent.parent
GALLERY = ROOT / "output" / "gallery"
#: Width of a picture in the README, twice over for dense screens, and its colours.
WIDTH, COLOURS = 1000, 64


def report(timeline: Timeline, folder: Path) -> bytes | None:
    """The first page of the Word document."""
    if not (shutil.which("soffice") and shutil.which("pdftoppm")):
        return None
    timeline.save(folder, formats=["docx"])
    convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "timeline.docx"]
    subprocess.run(convert, check=True, capture_output=True)
    paper = ["pdftoppm", "-png", "-r", "110", "-f", "1", "-l", "1", "-singlefile", folder / "timeline.pdf"]
    subprocess.run([*paper, folder / "page"], check=True)
    return (folder / "page.png").read_bytes()


def page(timeline: Timeline, folder: Path) -> bytes | None:
    """The top of the web page."""
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        return None
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (chromium and driver):
        return None
    timeline.save(folder, formats=["html"])
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for switch in ("headless=new", "no-sandbox", "hide-scrollbars", "window-size=1200,1440"):
        options.add_argument(f"--{switch}")
    browser = webdriver.Chrome(options=options, service=Service(driver))
    try:
        browser.get((folder / "timeline.html").as_uri())
        shot: bytes = browser.get_screenshot_as_png()
    finally:
        browser.quit()
    return shot


PICTURES: dict[str, Callable[[Timeline, Path], bytes | None]] = {
    "report": report,
    "page": page,
}


def small(png: bytes) -> bytes:
    """The picture at the README's width, in few colours."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    if image.width > WIDTH:
        image = image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Make all of them."""
    timeline = build(ROOT / "fixtures" / "ceasefire")
    GALLERY.mkdir(exist_ok=True)
    for name, make in PICTURES.items():
        with tempfile.TemporaryDirectory() as folder:
            png = make(timeline, Path(folder))
        if png:
            (GALLERY / f"{name}.png").write_bytes(small(png))
        sys.stderr.write(f"{name}: {'made' if png else 'kept, what it needs is not here'}\n")


if __name__ == "__main__":
    main()
