"""A case as an accountant reads it: plain words, sheets drawn as grids, commands and what they answer. README.md has the format."""
import pathlib
import re
from dataclasses import dataclass, field


class CaseError(Exception):
    """A case that is not written as the format says; `line` is where."""

    def __init__(self, line, message):
        super().__init__(f"line {line}: {message}")


@dataclass
class Command:
    line: int
    words: str
    out: list = field(default_factory=list)      # (line, expected line of standard output)
    talk: list = field(default_factory=list)     # (line, expected line of standard error)
    json: list = field(default_factory=list)     # (line, path, value as written)
    findings: list = field(default_factory=list)  # (line, code, cell or "")
    tables: list = field(default_factory=list)   # (line, path, key, unit, rows of fields)
    says: list = field(default_factory=list)     # (line, words that occur in what is said)
    worst: str = ""                              # the worst severity that a finding may have; "" for any
    status: int = 0


@dataclass
class Workbook:
    name: str
    sheets: list = field(default_factory=list)   # (name, [[cell token]])
    copied_from: str = ""                        # a file that is there already, in place of sheets


@dataclass
class Case:
    path: pathlib.Path
    words: str = ""
    workbooks: list = field(default_factory=list)
    texts: dict = field(default_factory=dict)    # name -> text: mappings, agreements, lists
    units: list = field(default_factory=list)
    turned: bool = False
    resaved: bool = False
    commands: list = field(default_factory=list)

    @property
    def needs_shared(self):
        return any(w.copied_from.startswith("../shared/") for w in self.workbooks)


def cells_of(row):
    """The tokens of a row of a grid: cells are split by "|"; quotes keep one that holds it."""
    return [token.strip() for token in re.split(r"\|(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", row.strip())]


def read_case(path):
    case = Case(pathlib.Path(path))
    block = None                                 # what indented lines belong to
    for number, raw in enumerate(case.path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.rstrip()
        if raw.startswith("  ") and block is not None:
            block(line)
            continue
        if not line:
            continue
        block = None
        word, _, rest = line.partition(" ")
        rest = rest.strip()
        command = case.commands[-1] if case.commands else None
        if word == "#":
            case.words += rest + "\n"
        elif word == "file":
            case.workbooks.append(Workbook(pathlib.PurePath(rest).name, [], rest if "/" in rest else ""))
        elif word == "sheet":
            if not case.workbooks or case.workbooks[-1].copied_from:
                raise CaseError(number, "a sheet stands under the file it belongs to")
            rows = []
            case.workbooks[-1].sheets.append((rest, rows))
            block = lambda text, rows=rows: rows.append(cells_of(text))
        elif word == "text":
            case.texts[rest] = ""

            def block(text, name=rest):
                case.texts[name] += text[2:] + "\n"
        elif line.startswith("also in "):
            case.units = [u.strip() for u in line[8:].split(",")]
        elif line == "turned":
            case.turned = True
        elif line == "as LibreOffice saves it":
            case.resaved = True
        elif word == "$":
            case.commands.append(Command(number, rest))
        elif command is None:
            raise CaseError(number, f"\"{line}\" stands before any command")
        elif word == ">":
            command.out.append((number, line[2:]))
        elif word == "!":
            command.talk.append((number, line[2:]))
        elif word == "status":
            command.status = int(rest)
        elif word == "json" and (m := re.fullmatch(r"(\S+) by ([a-z_.]+)(?: in (£|£000|£m))?", rest)):
            rows = []
            command.tables.append((number, m[1], m[2], m[3] or "£", rows))
            block = lambda text, rows=rows: rows.append(cells_of(text))
        elif word == "json":
            where, equals, value = rest.partition(" = ")
            if not equals:
                raise CaseError(number, "write json PATH = VALUE")
            command.json.append((number, where.strip(), value.strip()))
        elif word == "finding":
            code, _, cell = rest.partition(" ")
            command.findings.append((number, code, cell.strip()))
        elif word == "says":
            command.says.append((number, rest))
        elif line in ("no findings", "no errors", "notes at most"):
            command.worst = {"no findings": "none", "no errors": "warning", "notes at most": "note"}[line]
        else:
            raise CaseError(number, f"\"{word}\" is not a word of this format")
    if not case.words:
        raise CaseError(1, "say in plain words (#) what the case shows and where its figures come from")
    if not case.commands:
        raise CaseError(1, "no command")
    for command in case.commands:
        if not (command.out or command.talk or command.json or command.tables or command.findings or command.worst or command.says or command.status):
            raise CaseError(command.line, "nothing is expected of this command but status 0: a case that can hardly fail")
    return case
