#!/usr/bin/env python3
"""make_wheel.py LIBRARY VERSION OUT_FOLDER: a wheel that carries the shared library. It needs nothing but Python, here and where
it is installed. The same library gives the same bytes."""
import base64
import hashlib
import os
import sys
import sysconfig
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    library, version, out = sys.argv[1:]
    tag = "py3-none-" + sysconfig.get_platform().replace("-", "_").replace(".", "_")
    info = f"riskshare-{version}.dist-info"
    with open(os.path.join(HERE, "riskshare", "__init__.py"), "rb") as f:
        module = f.read()
    with open(library, "rb") as f:
        shared = f.read()
    name = "riskshare_c.dll" if library.endswith(".dll") else "libriskshare_c.so"
    metadata = (f"Metadata-Version: 2.1\nName: riskshare\nVersion: {version}\nSummary: Exact figures, reconciliation and risk "
                "sharing for the workbooks of public-sector finance\nRequires-Python: >=3.8\nProvides-Extra: frames\n"
                "Requires-Dist: pandas ; extra == 'frames'\n")
    wheel = f"Wheel-Version: 1.0\nGenerator: riskshare\nRoot-Is-Purelib: false\nTag: {tag}\n"
    files = [("riskshare/__init__.py", module), ("riskshare/" + name, shared), (info + "/METADATA", metadata.encode()),
             (info + "/WHEEL", wheel.encode())]
    record = ""
    for path, content in files:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(content)}\n"
    files.append((info + "/RECORD", (record + info + "/RECORD,,\n").encode()))
    path = os.path.join(out, f"riskshare-{version}-{tag}.whl")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for inner, content in files:
            entry = zipfile.ZipInfo(inner, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(entry, content)
    print(path)


if __name__ == "__main__":
    main()
