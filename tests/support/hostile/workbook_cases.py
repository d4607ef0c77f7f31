"""Sound zips whose parts lie. Each function yields (name, expected, bytes, what must be said…)."""
from . import sheet_cases
from .kit import BOOK, BOOK_RELS, DOC, MAIN, SHEET1, STRINGS, STYLES, XML, Entry, Zip, book, cells, parts, rels, sheet, \
    strings, styles, utf16, workbook

PARTS = {'types': '[Content_Types].xml', 'root_rels': '_rels/.rels', 'book': BOOK, 'book_rels': BOOK_RELS, 'sheet1': SHEET1,
         'strings': STRINGS, 'styles': STYLES}
LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "lol">' + ''.join(
    f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)) + ']>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>'


def with_doctype(text, doctype):
    return text.replace(XML, XML + doctype)


def document_types():
    sound = parts()
    for key, part in PARTS.items():
        if key == 'types':
            continue  # read only when the relations name no workbook
        for label, encode in [('utf8', str.encode), ('utf16_le', lambda t: utf16(t)),
                              ('utf16_be', lambda t: utf16(t, little=False))]:
            yield f'doctype_{key}_{label}', 'workbook.doctype', workbook(
                **{key: encode(with_doctype(sound[part], '<!DOCTYPE x>'))})
        yield f'doctype_{key}_laughs', 'workbook.doctype', workbook(**{key: with_doctype(sound[part], LAUGHS)})
    sheet_text = sound[SHEET1]
    yield 'doctype_types', 'workbook.doctype', workbook(root_rels=None, book=None, types=with_doctype(
        sound[PARTS['types']], EXTERNAL), extra={'xl/book.xml': book()})
    yield 'doctype_external_entity', 'workbook.doctype', workbook(
        sheet1=with_doctype(sheet_text, EXTERNAL).replace('12.5', '&xxe;'))
    yield 'doctype_after_mark', 'workbook.doctype', workbook(
        sheet1=b'\xef\xbb\xbf' + with_doctype(sheet_text, EXTERNAL).encode())
    yield 'doctype_utf16_without_mark', 'workbook.doctype', workbook(
        sheet1=utf16(with_doctype(sheet_text, EXTERNAL), mark=False))
    yield 'doctype_utf16_be_without_mark', 'workbook.doctype', workbook(
        sheet1=utf16(with_doctype(sheet_text, EXTERNAL), little=False, mark=False))
    yield 'doctype_lower_case', 'workbook.xml', workbook(sheet1=with_doctype(sheet_text, '<!doctype x>'))
    yield 'doctype_after_comment', 'workbook.doctype', workbook(
        sheet1=with_doctype(sheet_text, '<!-- - -->' + ' ' * 5000 + '<?pi ?>' + EXTERNAL))
    yield 'doctype_inside_a_cell', 'workbook.doctype', workbook(
        sheet1=cells('<c r="A1"><!DOCTYPE x><v>1</v></c>'))
    yield 'doctype_between_rows', 'workbook.doctype', workbook(sheet1=sheet('<!DOCTYPE x><row r="1"/>'))
    yield 'doctype_after_the_root', 'workbook.doctype', workbook(sheet1=sheet_text + '<!DOCTYPE x>')
    for label, name in [('utf7', 'UTF-7'), ('utf32', 'UTF-32'), ('ebcdic', 'IBM037'), ('unknown', 'X-EVIL')]:
        yield 'encoding_' + label, 'workbook.encoding', workbook(sheet1=sheet_text.replace('UTF-8', name))
    yield 'encoding_utf32_bytes', 'workbook.xml', workbook(
        sheet1=b'\xff\xfe\0\0' + sheet_text.encode('utf-32-le'))


def nesting():
    deep, much = 200_000, '<a>' * 200_000
    sound = parts()
    for key, inside, close in [('book', '<sheets>', '</sheets>'), ('strings', '<si>', '</si>'),
                               ('styles', '<cellXfs>', '</cellXfs>'), ('sheet1', '<sheetData>', '</sheetData>'),
                               ('book_rels', f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">',
                                '</Relationships>')]:
        yield f'deep_{key}', 'workbook.depth', workbook(
            **{key: sound[PARTS[key]].replace(inside, inside + much + '</a>' * deep)})
        yield f'deep_{key}_unclosed', 'workbook.depth', workbook(**{key: sound[PARTS[key]].replace(inside, inside + much)})
    nest = much + '</a>' * deep
    yield 'deep_in_cell', 'workbook.depth', workbook(sheet1=cells(f'<c r="A1">{nest}<v>1</v></c>'))
    yield 'deep_in_value', 'workbook.depth', workbook(sheet1=cells(f'<c r="A1"><v>{nest}</v></c>'))
    yield 'deep_in_inline_string', 'workbook.depth', workbook(sheet1=cells(f'<c r="A1" t="inlineStr"><is>{nest}</is></c>'))
    yield 'deep_before_rows', 'workbook.depth', workbook(sheet1=sheet(before=nest))
    yield 'deep_after_rows', 'workbook.depth', workbook(sheet1=sheet(after=f'<extLst>{nest}</extLst>'))
    mc = ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    alternates = '<mc:AlternateContent><mc:Fallback>' * 50_000
    yield 'deep_alternates', 'workbook.depth', workbook(sheet1=sheet(alternates, root=mc))
    yield 'deep_alternates_before_rows', 'workbook.depth', workbook(sheet1=sheet(before=alternates, root=mc))
    yield 'deep_rows_in_rows', 'workbook.xml', workbook(sheet1=sheet('<row>' * deep + '</row>' * deep))
    yield 'deep_cells_in_cells', 'workbook.depth', workbook(sheet1=cells('<c>' * deep + '</c>' * deep))


def damaged_text():
    sound = parts()
    for key, part in PARTS.items():
        if key == 'types':
            continue
        text = sound[part]
        yield f'text_{key}_empty', 'workbook.xml', workbook(**{key: b''})
        yield f'text_{key}_cut', 'workbook.xml', workbook(**{key: text[:len(text) - 20]})
        yield f'text_{key}_cut_in_tag', 'workbook.xml', workbook(**{key: text[:text.rindex('<') + 3]})
        yield f'text_{key}_noise', 'workbook.xml', workbook(**{key: '<<' + text[1:] + '<' * 999})
        yield f'text_{key}_second_root', 'workbook.xml', workbook(**{key: text + '<again/>'})
    yield 'text_zero_bytes', 'workbook.xml', workbook(sheet1=b'\0' * 5000)
    yield 'text_zero_byte_inside', 'workbook.xml', workbook(sheet1=sound[SHEET1].replace('<sheetData>', '<sheetData\0>'))
    yield 'text_mismatched_tags', 'workbook.xml', workbook(sheet1=sheet('<row r="1"><c r="A1"><v>1</c></v></row>'))
    for label, text in [('comment', '<!-- never closed'), ('cdata', '<![CDATA[ never closed'), ('instruction', '<?never closed'),
                        ('attribute', '<row r="1'), ('tag', '<row r="1" '), ('bare_bracket', '<'), ('slash', '</')]:
        yield 'unclosed_' + label, 'workbook.xml', workbook(
            sheet1=f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{text}')
        yield 'unclosed_in_cell_' + label, 'workbook.xml', workbook(
            sheet1=f'{XML}<worksheet xmlns="{MAIN}"><sheetData><row><c r="A1">{text}')
    for label, entity in [('unterminated', '&amp'), ('at_the_end', '&'), ('unknown', '&bogus;'), ('zero', '&#0;'),
                          ('surrogate', '&#xD800;'), ('beyond', '&#x110000;'), ('wraps', '&#4294967361;'),
                          ('negative', '&#-1;'), ('empty', '&;'), ('very_long', '&#x' + '0' * 100_000 + '41;')]:
        yield 'entity_' + label, 'workbook.entity', workbook(strings=strings(f'<si><t>a {entity}</t></si>'))
        yield 'entity_in_cell_' + label, 'workbook.entity', workbook(
            sheet1=cells(f'<c r="A1" t="str"><v>{entity}</v></c>'))
    yield 'entity_in_sheet_name', 'workbook.entity', workbook(book=book('<sheet name="a &lol;" sheetId="1" r:id="rId1"/>'))
    for label, broken in [('lone_byte', b'\xff'), ('overlong', b'\xc0\xaf'), ('overlong_three', b'\xe0\x80\xaf'),
                          ('surrogate', b'\xed\xa0\x80'), ('beyond', b'\xf4\x90\x80\x80'), ('cut', b'\xe2\x82')]:
        yield 'utf8_strings_' + label, 'workbook.encoding', workbook(
            strings=strings('<si><t>a X</t></si>').encode().replace(b'X', broken))
        yield 'utf8_sheet_name_' + label, 'workbook.encoding', workbook(book=book().encode().replace(b'Plan', broken))
        yield 'utf8_inline_' + label, 'workbook.encoding', workbook(
            sheet1=cells('<c r="A1" t="inlineStr"><is><t>X</t></is></c>').encode().replace(b'X', broken))
    high = sound[SHEET1].replace('12.5', '\ud800')
    yield 'utf16_lone_surrogate', 'workbook.encoding', workbook(sheet1=utf16(high))
    yield 'utf16_half_character', 'workbook.encoding', workbook(sheet1=utf16(sound[SHEET1]) + b'\0')
    yield 'utf16_ends_in_surrogate', 'workbook.encoding', workbook(sheet1=utf16(sound[SHEET1]) + b'\x00\xd8')
    yield 'utf16_sound', 'read', workbook(sheet1=utf16(sound[SHEET1]), strings=utf16(strings(), little=False))
    yield 'noncharacter_escape', 'read', workbook(strings=strings('<si><t>_xD800__xFFFF__x0000__x_</t></si>'))


def relations():
    link = DOC + '/worksheet'
    loop = rels(('rId1', DOC + '/officeDocument', '_rels/.rels', ''))
    yield 'relation_root_to_itself', 'workbook.not_a_workbook', workbook(root_rels=loop)
    yield 'relation_sheet_is_the_workbook', 'read', workbook(book_rels=rels(('rId1', link, 'workbook.xml', '')))
    yield 'relation_sheet_is_its_relations', 'read', workbook(book_rels=rels(('rId1', link, '_rels/workbook.xml.rels', '')))
    yield 'relation_strings_are_the_sheet', 'read', workbook(sheet1=cells('<c r="A1"><v>1</v></c>'), book_rels=rels(
        ('rId1', link, 'worksheets/sheet1.xml', ''), ('rId2', DOC + '/sharedStrings', 'worksheets/sheet1.xml', '')))
    circle = rels(('rId1', DOC + '/table', '../worksheets/sheet1.xml', ''), ('rId2', link, '../workbook.xml', ''),
                  ('rId3', link, 'sheet1.xml', ''))
    yield 'relation_circle', 'read', workbook(
        sheet1=sheet(after='<tableParts count="3"><tablePart r:id="rId1"/><tablePart r:id="rId2"/><tablePart r:id="rId3"/></tableParts>'),
        extra={'xl/worksheets/_rels/sheet1.xml.rels': circle})
    for label, target in [('out_of_the_zip', '../../../../../etc/passwd'), ('absolute', '/etc/passwd'),
                          ('url', 'file:///etc/passwd'), ('backslash', '..\\..\\sheet9.xml'), ('empty', ''),
                          ('fragment', '#Sheet1!A1'), ('percent', '%2e%2e/%2e%2e/x.xml'), ('percent_cut', 'a%2')]:
        yield 'relation_target_' + label, 'read', workbook(book_rels=rels(('rId1', link, target, ''))), 'Plan'
    yield 'relation_external', 'read', workbook(
        book_rels=rels(('rId1', link, 'http://example.com/sheet1.xml', ' TargetMode="External"'))), 'Plan'
    yield 'relation_id_missing', 'read', workbook(book=book('<sheet name="Plan" sheetId="1" r:id="rId77"/>')), 'Plan'
    yield 'relation_ids_twice', 'read', workbook(sheet1=sheet(), book_rels=rels(
        ('rId1', link, 'worksheets/sheet1.xml', ''), ('rId1', link, 'sharedStrings.xml', '')))
    yield 'relation_target_very_long', 'read', workbook(book_rels=rels(('rId1', link, '../' * 100_000 + 'x.xml', ''))), 'Plan'
    many = [(f'rId{i}', link, f'worksheets/sheet{i}.xml', '') for i in range(1, 100_001)]
    yield 'relations_100000', 'read', workbook(sheet1=sheet(), book_rels=rels(*many))
    yield 'relations_types_missing', 'read', workbook(types=None)
    yield 'relations_root_missing', 'read', workbook(root_rels=None), 'workbook'
    yield 'relations_book_missing', 'read', workbook(book_rels=None), 'Plan'
    yield 'workbook_missing', 'workbook.no_workbook', workbook(book=None)
    yield 'workbook_missing_and_all_else', 'workbook.no_workbook', Zip([Entry('readme.txt', 'no workbook')]).bytes
    yield 'workbook_is_a_document', 'workbook.not_a_workbook', workbook(book=f'{XML}<document xmlns="{MAIN}"/>')
    yield 'sheet_missing', 'read', workbook(sheet1=None), 'Plan'
    yield 'strings_missing', 'workbook.shared_string', workbook(strings=None)
    yield 'styles_missing', 'read', workbook(styles=None), 'styles'


def books():
    yield 'sheets_none', 'read', workbook(book=book('')), 'no sheets'
    same = ''.join(f'<sheet name="S{i}" sheetId="{i}" r:id="rId1"/>' for i in range(1, 1001))
    yield 'sheets_of_one_part', 'workbook.sheet_twice', workbook(book=book(same))
    yield 'sheets_same_name', 'read', workbook(book=book(
        '<sheet name="Plan" sheetId="1" r:id="rId1"/><sheet name="PLAN" sheetId="2" r:id="rId9"/>')), 'PLAN'
    lost = ''.join(f'<sheet name="S{i}" sheetId="{i}" r:id="rId{i + 10}"/>' for i in range(100_000))
    yield 'sheets_100000', 'workbook.too_many_sheets', workbook(book=book(lost))
    yield 'sheet_name_empty', 'read', workbook(book=book('<sheet name="" sheetId="1" r:id="rId1"/>'))
    yield 'sheet_name_terminal_escape', 'read', workbook(book=book(
        '<sheet name="&#27;[2J\u202e" sheetId="1" r:id="rId1"/><sheet name="&#27;[2J\u202e" sheetId="1" r:id="rId77"/>'))
    long = 'n' * 2_000_000
    scoped = ''.join(f'<definedName name="n{i}" localSheetId="0">A1</definedName>' for i in range(5_000))
    yield 'sheet_name_very_long_and_often_a_scope', 'workbook.sheet_name', workbook(book=book(
        f'<sheet name="{long}" sheetId="1" r:id="rId1"/>', f'<definedNames>{scoped}</definedNames>'))
    for label, scope in [('beyond', '77'), ('negative', '-1'), ('huge', '99999999999999999999999')]:
        yield 'defined_name_scope_' + label, 'read', workbook(book=book(
            rest=f'<definedNames><definedName name="a" localSheetId="{scope}">Plan!A1</definedName></definedNames>'))
    names = ''.join(f'<definedName name="n{i % 7}">Plan!$A${i}</definedName>' for i in range(100_000))
    yield 'defined_names_100000', 'read', workbook(book=book(rest=f'<definedNames>{names}</definedNames>'))


def counts():
    yield 'count_strings_huge', 'read', workbook(strings=strings(counts=' count="4294967295" uniqueCount="4294967295"'))
    yield 'count_strings_negative', 'read', workbook(strings=strings(counts=' count="-1" uniqueCount="-1"'))
    yield 'count_strings_wraps', 'read', workbook(strings=strings(counts=' count="18446744073709551617" uniqueCount="x"'))
    yield 'strings_two_million_empty', 'read', workbook(strings=strings('<si/>' * 2_000_000))
    yield 'strings_text_outside', 'read', workbook(strings=strings('<si><t>one</t><rPh sb="0" eb="9"><t>x</t></rPh>z</si>'))
    formats = ''.join(f'<numFmt numFmtId="{i}" formatCode="0.{i}"/>' for i in range(100_000))
    yield 'styles_100000_formats', 'read', workbook(styles=styles(
        f'<numFmts count="4294967295">{formats}</numFmts>', ''.join(f'<xf numFmtId="{99_999 - i}"/>' for i in range(100_000))))
    yield 'style_format_code_very_long', 'read', workbook(styles=styles(
        f'<numFmts><numFmt numFmtId="164" formatCode="{"[" * 500_000}"/></numFmts>', '<xf numFmtId="164"/>'))
    yield 'style_format_ids_odd', 'read', workbook(styles=styles(
        '<numFmts><numFmt numFmtId="-5" formatCode="yyyy"/><numFmt numFmtId="99999999999999" formatCode="0"/><numFmt/></numFmts>',
        '<xf/><xf numFmtId="-5"/><xf numFmtId="99999999999999"/><xf numFmtId="x"/>'))


def cases():
    for group in (document_types, nesting, damaged_text, relations, books, counts):
        yield from group()
    yield from sheet_cases.cases()
