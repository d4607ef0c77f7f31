#!/usr/bin/env python3
"""The picture of a pack in README, made anew; and whether the one that is there shows today's figures.

usage: pack_picture.py RISKSHARE FIXTURES make|check

A picture is compared by its figures, not its pixels: the amounts of the page that it was taken of stand in the file, as a
text of the PNG. Making needs Chromium.
"""
import os, re, struct, subprocess, sys, tempfile, zlib

TOOL, FIXTURES, WHAT = sys.argv[1:4]
PICTURE = os.path.join(FIXTURES, "pictures/pack-m4.png")  # fixtures/pictures/pack-m4.png
folder = tempfile.mkdtemp()
page = os.path.join(folder, "pack.html")
done = subprocess.run([TOOL, "report", os.path.join(FIXTURES, "workbooks/finance-report-m4.xlsx"), "-o", page], capture_output=True)
assert done.returncode in (0, 1), done.stderr
amounts = " ".join(re.findall(r'data-amount="([^"]*)"', open(page, encoding="utf-8").read()))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if WHAT == "make":
    shot = os.path.join(folder, "shot.png")
    subprocess.run([os.environ.get("CHROMIUM", "chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                    "--window-size=1000,1180", "--screenshot=" + shot, "file://" + page], check=True, capture_output=True)
    png = open(shot, "rb").read()
    os.makedirs(os.path.dirname(PICTURE), exist_ok=True)
    first = 8 + 25  # the signature and IHDR
    open(PICTURE, "wb").write(png[:first] + chunk(b"tEXt", b"figures\0" + amounts.encode()) + png[first:])
else:
    png = open(PICTURE, "rb").read()
    at, found = 8, None
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at:at + 8])
        if kind == b"tEXt" and png[at + 8:at + 16] == b"figures\0":
            found = png[at + 16:at + 8 + size].decode()
        at += 12 + size
    assert found == amounts, "the picture in README shows other figures than today's page: make it anew"
    print(f"the picture shows today's {len(amounts.split())} figures")
