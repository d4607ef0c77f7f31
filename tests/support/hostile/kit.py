"""What hostile workbooks are made of: a zip writer that tells every lie it is asked to, and the parts of a small workbook."""
import struct
import zlib

STORED, DEFLATED = 0, 8
MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
DOC = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
RELS = 'http://schemas.openxmlformats.org/package/2006/relationships'
TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET1, STRINGS, STYLES, BOOK = 'xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml', 'xl/styles.xml', 'xl/workbook.xml'
BOOK_RELS = 'xl/_rels/workbook.xml.rels'


def raw_deflate(data, level=9):
    engine = zlib.compressobj(level, zlib.DEFLATED, -15)
    return engine.compress(data) + engine.flush()


class Entry:
    """One record. What is given in `local` or `central` is written there in place of the truth."""

    def __init__(self, name, data, method=DEFLATED, packed=None, flags=0, descriptor=None, extra=b'', local=(), central=(),
                 central_extra=None, no_local=False):
        self.name = name if isinstance(name, bytes) else name.encode()
        self.data = data if isinstance(data, bytes) else data.encode()
        self.method = method
        self.packed = packed if packed is not None else (raw_deflate(self.data) if method == DEFLATED else self.data)
        self.flags = flags | (8 if descriptor is not None else 0)
        self.descriptor = descriptor  # 'signed', 'plain', or bytes
        self.extra = extra
        self.central_extra = extra if central_extra is None else central_extra
        self.local, self.central = dict(local), dict(central)
        self.no_local = no_local

    def truth(self):
        return dict(needed=20, flags=self.flags, method=self.method, time=0, date=0x21, crc=zlib.crc32(self.data),
                    packed=len(self.packed), unpacked=len(self.data), name=self.name)

    def local_bytes(self):
        said = self.truth()
        if self.descriptor is not None:
            said.update(crc=0, packed=0, unpacked=0)
        said.update(self.local)
        return struct.pack('<4sHHHHHIIIHH', b'PK\3\4', said['needed'], said['flags'], said['method'], said['time'],
                           said['date'], said['crc'], said['packed'], said['unpacked'], len(said['name']),
                           len(self.extra)) + said['name'] + self.extra

    def descriptor_bytes(self):
        if self.descriptor is None:
            return b''
        if isinstance(self.descriptor, bytes):
            return self.descriptor
        t = self.truth()
        body = struct.pack('<III', t['crc'], t['packed'], t['unpacked'])
        return (b'PK\7\x08' if self.descriptor == 'signed' else b'') + body

    def central_bytes(self, offset):
        said = self.truth()
        said.update(offset=offset, disk=0, comment=b'')
        said.update(self.central)
        return struct.pack('<4sHHHHHHIIIHHHHHII', b'PK\1\2', 20, said['needed'], said['flags'], said['method'],
                           said['time'], said['date'], said['crc'], said['packed'], said['unpacked'], len(said['name']),
                           len(self.central_extra), len(said['comment']), said['disk'], 0, 0,
                           said['offset']) + said['name'] + self.central_extra + said['comment']


def end_record(count, size, offset, comment=b'', /, **lies):
    said = dict(disk=0, first=0, here=count, count=count, size=size, offset=offset, length=len(comment))
    said.update(lies)
    return struct.pack('<4sHHHHIIH', b'PK\5\6', said['disk'], said['first'], said['here'] & 0xFFFF, said['count'] & 0xFFFF,
                       said['size'], said['offset'], said['length']) + comment


def wide_end(count, size, offset, at, /, **lies):
    """The zip64 end of the directory with its locator; `at` is where it will stand."""
    said = dict(length=44, disk=0, first=0, here=count, count=count, size=size, offset=offset, where=at, disks=1)
    said.update(lies)
    return struct.pack('<4sQHHIIQQQQ', b'PK\6\6', said['length'], 45, 45, said['disk'], said['first'], said['here'],
                       said['count'], said['size'], said['offset']) + \
        struct.pack('<4sIQI', b'PK\6\7', 0, said['where'], said['disks'])


class Zip:
    """Bytes, and where each structure begins."""

    def __init__(self, entries, prefix=b'', comment=b'', tail=b'', end=(), wide=None, between=b''):
        self.bytes = bytearray(prefix)
        self.marks = []
        offsets = []
        for e in entries:
            offsets.append(len(self.bytes) - len(prefix))
            name = e.name.decode('latin-1')
            if e.no_local:
                continue
            self.put(name + ' local header', e.local_bytes())
            self.put(name + ' data', e.packed)
            if e.descriptor is not None:
                self.put(name + ' descriptor', e.descriptor_bytes())
        self.put('between', between)
        self.central = len(self.bytes)
        for e, offset in zip(entries, offsets):
            self.put(e.name.decode('latin-1') + ' directory entry', e.central_bytes(offset))
        size = len(self.bytes) - self.central
        central = self.central - len(prefix)
        if wide is not None:
            self.put('zip64 end', wide_end(len(entries), size, central, len(self.bytes), **wide))
        self.put('end', end_record(len(entries), size, central, comment, **dict(end)))
        self.bytes += tail
        self.bytes = bytes(self.bytes)

    def put(self, what, data):
        if data:
            self.marks.append((what, len(self.bytes), len(data)))
        self.bytes += data


def rels(*entries):
    body = ''.join(f'<Relationship Id="{i}" Type="{t}" Target="{target}"{mode}/>' for i, t, target, mode in entries)
    return f'{XML}<Relationships xmlns="{RELS}">{body}</Relationships>'


def sheet(rows='<row r="1"><c r="A1"><v>1</v></c></row>', before='', after='', root=''):
    return f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{DOC}"{root}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def cells(*inner):
    """Row 1 with the given cells."""
    return sheet('<row r="1">' + ''.join(inner) + '</row>')


def strings(body='<si><t>one</t></si><si><t>two</t></si>', counts=' count="2" uniqueCount="2"'):
    return f'{XML}<sst xmlns="{MAIN}"{counts}>{body}</sst>'


def styles(formats='', xfs='<xf numFmtId="0"/><xf numFmtId="14"/>'):
    return (f'{XML}<styleSheet xmlns="{MAIN}">{formats}<fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
            f'<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>'
            f'<cellXfs>{xfs}</cellXfs></styleSheet>')


def book(sheets='<sheet name="Plan" sheetId="1" r:id="rId1"/>', rest=''):
    return f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{DOC}"><sheets>{sheets}</sheets>{rest}</workbook>'


def parts(**changed):
    """A small sound workbook as {part: content}; `sheet1=`, `strings=`, `styles=`, `book=`, `book_rels=`, `root_rels=`,
    `types=` replace a part, None takes it away."""
    sound = {
        'types': ('[Content_Types].xml',
                  f'{XML}<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                  '<Default Extension="xml" ContentType="application/xml"/>'
                  '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
                  '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
                  '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
                  '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'),
        'root_rels': ('_rels/.rels', rels(('rId1', DOC + '/officeDocument', 'xl/workbook.xml', ''))),
        'book': (BOOK, book()),
        'book_rels': (BOOK_RELS, rels(('rId1', DOC + '/worksheet', 'worksheets/sheet1.xml', ''),
                                      ('rId2', DOC + '/sharedStrings', 'sharedStrings.xml', ''),
                                      ('rId3', DOC + '/styles', 'styles.xml', ''))),
        'sheet1': (SHEET1, cells('<c r="A1" t="s"><v>0</v></c>', '<c r="B1"><v>12.5</v></c>')),
        'strings': (STRINGS, strings()),
        'styles': (STYLES, styles()),
    }
    extra = changed.pop('extra', {})
    for key, content in changed.items():
        sound[key] = (sound[key][0], content)
    kept = {name: content for name, content in sound.values() if content is not None}
    kept.update(extra)
    return kept


def entries(**changed):
    return [Entry(name, content) for name, content in parts(**changed).items()]


def workbook(**changed):
    return Zip(entries(**changed)).bytes


def utf16(text, little=True, mark=True):
    text = text.replace('encoding="UTF-8"', 'encoding="UTF-16"')
    order = 'utf-16-le' if little else 'utf-16-be'
    return (b'' if not mark else b'\xff\xfe' if little else b'\xfe\xff') + text.encode(order, 'surrogatepass')
