"""riskshare: exact figures, reconciliation and risk sharing for the workbooks of public-sector finance.

    import riskshare
    answer = riskshare.risk("plan.xlsx")
    answer["system"]["risk"]          # Decimal('29583500.00')
    answer.findings                   # what to look at, each with its cells
    riskshare.share("position.xlsx", agreement="agreement.toml", month=4).to_frame()

Every command of `riskshare --help` is a function of that name (`import` is `import_`); its options are keyword arguments, with
"_" for "-". A file is a path, or a pair of a name and its bytes. Files that a command makes are in `answer.made`, by name, until
`answer.save()` writes them. A request that is refused raises `riskshare.Refused`.
"""
import ctypes
import json as _json
import os
import re
from decimal import Decimal
from fractions import Fraction

__all__ = ["Answer", "Refused", "ask", "commands", "version"]


class _File(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("bytes", ctypes.c_void_p), ("size", ctypes.c_size_t)]


def _library():
    here = os.path.dirname(os.path.abspath(__file__))
    names = ("libriskshare_c.so", "riskshare_c.dll", "libriskshare_c.dylib")
    beside = [os.path.join(here, n) for n in names if os.path.exists(os.path.join(here, n))]
    lib = ctypes.CDLL(os.environ.get("RISKSHARE_LIBRARY") or (beside[0] if beside else "libriskshare_c.so.0.1"))
    size = ctypes.POINTER(ctypes.c_size_t)
    answer = ctypes.c_void_p
    for name, result, arguments in [
        ("version", ctypes.c_char_p, []),
        ("commands", ctypes.c_char_p, []),
        ("ask", answer, [ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(_File), ctypes.c_size_t]),
        ("status", ctypes.c_int, [answer]),
        ("part", ctypes.c_void_p, [answer, ctypes.c_int, size]),
        ("made_count", ctypes.c_size_t, [answer]),
        ("made_name", ctypes.c_char_p, [answer, ctypes.c_size_t]),
        ("made_bytes", ctypes.c_void_p, [answer, ctypes.c_size_t, size]),
        ("free", None, [answer]),
        ("last_error", ctypes.c_char_p, []),
    ]:
        function = getattr(lib, "riskshare_" + name)
        function.restype, function.argtypes = result, arguments
    return lib


_lib = _library()
_JSON, _TEXT, _TALK, _SUMMARY = range(4)

# Amounts always show their pence; what stands under these keys is text, whatever it looks like.
_AMOUNT = re.compile(r"-?\d+\.\d{2,}")
_PART = re.compile(r"-?\d+(\.\d+)?")
_RATIO = re.compile(r"-?\d+/\d+")
_TEXTS = {"reference", "name", "label", "message", "advice", "meaning", "value", "before", "after", "text", "sheet", "file", "cell",
          "written", "organisation", "from", "to", "why", "format", "formula", "line", "measure"}
_PARTS_OF_A_WHOLE = {"share", "weights", "derived_share", "likelihood", "probability"}


def _exact(value, key="", within=""):
    if isinstance(value, dict):
        return {k: _exact(v, k, key) for k, v in value.items()}
    if isinstance(value, list):
        return [_exact(v, key, within) for v in value]
    if not isinstance(value, str) or key in _TEXTS:
        return value
    part = key in _PARTS_OF_A_WHOLE or within in _PARTS_OF_A_WHOLE
    if _AMOUNT.fullmatch(value) or (part and _PART.fullmatch(value)):
        return Decimal(value)
    return Fraction(value) if _RATIO.fullmatch(value) and not value.endswith("/0") else value


class Refused(Exception):
    """The request, or a file of it, is refused; `answer` has the findings that say why."""

    def __init__(self, answer):
        super().__init__(answer.talk.strip())
        self.answer = answer


class Answer(dict):
    """The JSON of a command with exact amounts: Decimal, or Fraction where one does not end."""

    def __init__(self, json, status, text, talk, findings, made):
        super().__init__(_exact(json) if isinstance(json, dict) else {})
        self.json, self.status, self.text, self.talk = json, status, text, talk
        self.findings, self.made = _exact(findings), made

    def save(self, folder="."):
        """Writes the files that were made, each beside its place first, so that none is left half-written."""
        for name, content in self.made.items():
            path = os.path.join(folder, name)
            with open(path + ".part", "wb") as f:
                f.write(content)
            os.replace(path + ".part", path)

    def rows(self, of=None):
        """The answer's main table, one flat dict a row; `of` names another list of the answer."""
        for name in [of] if of else ["parties", "organisations", "groups", "lines", "changes", "edited", "findings"]:
            if isinstance(self.get(name), list) and (of or self[name]):
                return [_flat(row) for row in self[name]]
        return []

    def to_frame(self, of=None):
        """`rows` as a pandas DataFrame, amounts still Decimal."""
        import pandas
        return pandas.DataFrame(self.rows(of))


def _flat(row, before=""):
    out = {}
    for key, value in row.items():
        if isinstance(value, dict):
            out.update(_flat(value, before + key + "."))
        else:
            out[before + key] = value
    return out


def version():
    return _lib.riskshare_version().decode()


def commands():
    """Every command with its options, as data."""
    return _json.loads(_lib.riskshare_commands())["commands"]


_commands = {c["name"]: c for c in commands()}


def _named(file):
    """A path, or a pair of name and bytes."""
    if isinstance(file, tuple):
        return str(file[0]), bytes(file[1])
    with open(file, "rb") as f:
        return os.fspath(file), f.read()


def _part(answer, part):
    length = ctypes.c_size_t()
    at = _lib.riskshare_part(answer, part, ctypes.byref(length))
    return ctypes.string_at(at, length.value).decode("utf-8", "replace") if at else ""


def _made(answer):
    out = {}
    for i in range(_lib.riskshare_made_count(answer)):
        length = ctypes.c_size_t()
        at = _lib.riskshare_made_bytes(answer, i, ctypes.byref(length))
        out[_lib.riskshare_made_name(answer, i).decode()] = ctypes.string_at(at, length.value)
    return out


def ask(command, *files, text=False, **options):
    """Works out `command` on files; `text=True` also writes the answer for people. Raises `Refused`."""
    given, names = [], []
    if command == "explain" and len(files) == 1 and isinstance(files[0], str) and not os.path.exists(files[0]):
        options, files = {"what": files[0], **options}, ()
    for file in files:
        given.append(_named(file))
        names.append(given[-1][0])
    known = {o["name"]: o for o in _commands.get(command, {"options": []})["options"]}
    asked = {}
    for key, value in options.items():
        name = key.rstrip("_").replace("_", "-")
        if known.get(name, {}).get("kind") == "file_read" and value is not None and name != "what":
            several = value if isinstance(value, list) else [value]
            given += [_named(file) for file in several]
            value = [file[0] for file in given[-len(several):]]
        asked[name] = str(value) if isinstance(value, (Decimal, os.PathLike)) else value
    request = _json.dumps({"command": command, "files": names, "options": asked, "json": True, "text": text}).encode()
    array = (_File * max(1, len(given)))()
    keep = [ctypes.create_string_buffer(content, len(content) or 1) for _, content in given]
    for i, (name, content) in enumerate(given):
        array[i] = _File(name.encode(), ctypes.cast(keep[i], ctypes.c_void_p), len(content))
    answer = _lib.riskshare_ask(request, len(request), array, len(given))
    if not answer:
        raise RuntimeError("riskshare: " + _lib.riskshare_last_error().decode())
    try:
        json = _part(answer, _JSON)
        out = Answer(_json.loads(json) if json else None, _lib.riskshare_status(answer), _part(answer, _TEXT),
                     _part(answer, _TALK), _json.loads(_part(answer, _SUMMARY))["findings"], _made(answer))
    finally:
        _lib.riskshare_free(answer)
    if out.status >= 2:
        raise Refused(out)
    return out


def _function(name):
    def call(*files, **options):
        return ask(name, *files, **options)

    call.__name__, call.__doc__ = name, _commands[name]["does"]
    return call


def __getattr__(name):
    if name.rstrip("_") in _commands:
        return _function(name.rstrip("_"))
    raise AttributeError(f"riskshare has no command {name!r}")


def __dir__():
    return __all__ + [n + "_" if n == "import" else n for n in _commands]
