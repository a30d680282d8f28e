"""Files as people hand them in, good and bad."""

from __future__ import annotations

import io
import itertools
import zipfile

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from jurisdictions.models import Jurisdiction

_number = itertools.count(1)


def jurisdiction() -> Jurisdiction:
    number = next(_number)
    return Jurisdiction.objects.create(code=f"docs-{number}", name_zh=f"示例{number}市", name_en=f"Example {number}")


def user() -> User:
    number = next(_number)
    return User.objects.create_user(f"docs{number}@example.org", name=f"Person {number}")


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def pdf(**root: object) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    for key, value in root.items():
        document.Root[f"/{key}"] = value
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_with_nested_script() -> bytes:
    document = pikepdf.new()
    page = document.add_blank_page()
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    page.Annots = pikepdf.Array(
        [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action, Rect=[0, 0, 1, 1])]
    )
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    out = io.BytesIO()
    document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def png(width: int = 20, height: int = 20) -> bytes:
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "JPEG")
    return out.getvalue()


def archive(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


def docx(**more: str) -> bytes:
    types = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return archive({"[Content_Types].xml": types, "word/document.xml": "<w/>", **more})
