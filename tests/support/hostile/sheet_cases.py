"""Sheets that lie. Each function yields (name, expected, bytes, what must be said…)."""
from .kit import DOC, MAIN, XML, cells, rels, sheet, strings, workbook

MC = 'http://schemas.openxmlformats.org/markup-compatibility/2006'


def one(cell):
    return workbook(sheet1=cells(cell))


def places():
    for label, reference, rule in [
            ('ZZZZ1', 'ZZZZ1', 'workbook.column'), ('XFE1', 'XFE1', 'workbook.column'),
            ('many_letters', 'A' * 100_000 + '1', 'workbook.column'), ('wraps', 'MWLQKWV1', 'workbook.column'),
            ('row_1048577', 'A1048577', 'workbook.row'), ('row_wraps', 'A4294967297', 'workbook.row'),
            ('row_wraps_64', 'A18446744073709551617', 'workbook.row'), ('row_long', 'A' + '9' * 100_000, 'workbook.row'),
            ('row_zero', 'A0', 'workbook.cell_reference'), ('no_row', 'A', 'workbook.cell_reference'),
            ('no_column', '17', 'workbook.cell_reference'), ('empty', '', 'workbook.cell_reference'),
            ('range', 'A1:B2', 'workbook.cell_reference'), ('negative', 'A-1', 'workbook.cell_reference'),
            ('backwards', '1A', 'workbook.cell_reference'), ('entity', '&#65;&#65;', 'workbook.cell_reference'),
            ('blank', ' A1', 'workbook.cell_reference'), ('letters_beyond_ascii', '\u00c11', 'workbook.cell_reference')]:
        yield 'cell_' + label, rule, one(f'<c r="{reference}"><v>1</v></c>')
    for label, number in [('zero', '0'), ('negative', '-1'), ('1048577', '1048577'), ('wraps', '4294967297'),
                          ('huge', '9' * 100_000), ('letters', 'one'), ('empty', ''), ('decimal', '1.5'), ('hex', '0x1')]:
        yield 'row_' + label, 'workbook.row', workbook(sheet1=sheet(f'<row r="{number}"><c><v>1</v></c></row>'))
    yield 'row_after_the_last', 'workbook.row', workbook(sheet1=sheet('<row r="1048576"/><row/>'))
    yield 'cell_after_the_last', 'workbook.column', one('<c r="XFD1"/><c/>')
    yield 'cells_20000_in_a_row', 'workbook.column', workbook(sheet1=cells('<c/>' * 20_000))
    yield 'cell_of_another_row', 'read', workbook(sheet1=sheet('<row r="5"><c r="A9"><v>1</v></c></row>'))
    yield 'cell_twice', 'read', one('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>'), 'A1'
    yield 'cells_twice_300000_times', 'read', workbook(sheet1=cells('<c r="A1"><v>1</v></c>' * 300_000)), 'A1'
    yield 'rows_backwards', 'read', workbook(sheet1=sheet(
        ''.join(f'<row r="{i}"><c r="A{i}"><v>1</v></c></row>' for i in range(20_000, 0, -1))))
    yield 'corners_alone', 'read', workbook(
        sheet1=sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'))
    yield 'cell_outside_row', 'workbook.xml', workbook(sheet1=sheet('<c r="A1"><v>1</v></c>'))
    yield 'row_outside_data', 'read', workbook(sheet1=sheet(after='<row r="9"><c r="A9"><v>1</v></c></row>'))
    yield 'two_data', 'read', workbook(sheet1=sheet(after='<sheetData><row r="9"><c r="A9"><v>1</v></c></row></sheetData>'))
    yield 'data_missing', 'read', workbook(sheet1=f'{XML}<worksheet xmlns="{MAIN}"/>')
    yield 'dimension_absurd', 'read', workbook(sheet1=sheet(before='<dimension ref="ZZZZ1:A99999999999999"/>'))


def values():
    for label, text, rule in [('1e308', '1e308', 'read'), ('1e309', '1e309', 'workbook.number'), ('nan', 'NaN', 'workbook.number'),
                              ('inf', 'INF', 'workbook.number'), ('minus_inf', '-INF', 'workbook.number'),
                              ('infinity', 'Infinity', 'workbook.number'), ('1e_minus_400', '1e-400', 'read'),
                              ('exponent_huge', '1e99999999999999999999', 'workbook.number'),
                              ('exponent_wraps', '1e4294967297', 'workbook.number'), ('exponent_cut', '1e', 'workbook.number'),
                              ('exponent_minus_huge', '1e-99999999999999999999', 'workbook.number'),
                              ('hex', '0x1F', 'workbook.number'), ('comma', '1,5', 'workbook.number'),
                              ('two_points', '1.2.3', 'workbook.number'), ('two_signs', '--1', 'workbook.number'),
                              ('point', '.', 'workbook.number'), ('minus', '-', 'workbook.number'), ('words', 'ten', 'workbook.number'),
                              ('digits_million', '9' * 1_000_000, 'workbook.number'),
                              ('decimals_million', '0.' + '3' * 1_000_000, 'read'), ('zeros_million', '0' * 1_000_000 + '1', 'read'),
                              ('other_digits', '\u0661\u0662', 'workbook.number'), ('minus_zero', '-0', 'read')]:
        yield 'number_' + label, rule, one(f'<c r="A1"><v>{text}</v></c>')
    for label, index in [('beyond', '2'), ('minus', '-1'), ('huge', '99999999999999999999'), ('wraps', '4294967296'),
                         ('wraps_64', '18446744073709551616'), ('decimal', '0.5'), ('words', 'zero'), ('hex', '0x0'),
                         ('plus', '+0')]:
        yield 'shared_string_' + label, 'workbook.shared_string', one(f'<c r="A1" t="s"><v>{index}</v></c>')
    for label, kind, text, rule in [('boolean', 'b', '2', 'workbook.boolean'), ('type', 'evil', '1', 'workbook.cell_type'),
                                    ('type_long', 'x' * 100_000, '1', 'workbook.cell_type'), ('date', 'd', '2022-02-30', 'workbook.date'),
                                    ('date_year', 'd', '99999-01-01', 'workbook.date'), ('date_words', 'd', 'soon', 'workbook.date'),
                                    ('error', 'e', '#EVIL!', 'read')]:
        yield 'value_' + label, rule, one(f'<c r="A1" t="{kind}"><v>{text}</v></c>')
    for label, style, rule in [('beyond', '2', 'read'), ('huge', '999999999', 'read'), ('4_billion', '4294967295', 'workbook.style'),
                               ('minus', '-1', 'workbook.style'), ('words', 'bold', 'workbook.style'), ('empty', '', 'read')]:
        yield 'style_' + label, rule, one(f'<c r="A1" s="{style}"><v>1</v></c>')
    yield 'value_twice', 'read', one('<c r="A1"><v>1</v><v>2</v></c>')
    yield 'value_outside_cell', 'read', workbook(sheet1=sheet('<row r="1"><v>1</v></row>'))
    yield 'attributes_100000_in_a_cell', 'read', one(
        '<c ' + ' '.join(f'a{i}="x"' for i in range(100_000)) + ' r="A1"><v>1</v></c>')
    yield 'attribute_without_value', 'workbook.xml', one('<c r><v>1</v></c>')
    yield 'attribute_without_quotes', 'workbook.xml', one('<c r=A1><v>1</v></c>')
    yield 'attribute_with_bracket', 'workbook.xml', one('<c r="A1" x="<"><v>1</v></c>')
    yield 'text_32768', 'read', one(f'<c r="A1" t="str"><v>{"x" * 32_768}</v></c>')
    yield 'text_with_terminal_escape', 'workbook.number', one('<c r="A1"><v>\x1b[2J\x07\u202e</v></c>')


def amplifiers():
    """Few bytes in the file that ask for many in memory, or for many steps."""
    megabyte = 'x' * 1_000_000
    references = ''.join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 100_001))
    yield 'grow_shared_string', 'workbook.too_much_text', workbook(
        strings=strings(f'<si><t>{megabyte}</t></si>'), sheet1=sheet(references))
    member = ''.join(f'<row r="{i}"><c r="A{i}"><f t="shared" si="0"/><v>1</v></c></row>' for i in range(2, 100_001))
    formula = '+'.join(['B1'] * 100_000)
    yield 'grow_shared_formula', 'workbook.too_much_text', workbook(sheet1=sheet(
        f'<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A100000">{formula}</f><v>1</v></c></row>' + member))
    late = ''.join(f'<row r="{i}"><c r="A{i}"><f t="shared" si="0"/><v>1</v></c></row>' for i in range(1, 100_000))
    yield 'grow_shared_formula_given_last', 'workbook.too_much_text', workbook(sheet1=sheet(
        late + f'<row r="100000"><c r="A100000"><f t="shared" si="0" ref="A1:A100000">{formula}</f><v>1</v></c></row>'))
    whole = ''.join(['<mergeCell ref="A1:XFD1048576"/>'] * 100_000)
    yield 'merged_whole_sheet_100000_times', 'read', workbook(sheet1=sheet(after=f'<mergeCells count="4294967295">{whole}</mergeCells>'))
    columns = ''.join(['<col min="1" max="16384" hidden="1"/>'] * 200_000)
    yield 'columns_200000', 'read', workbook(sheet1=sheet(before=f'<cols>{columns}</cols>'))
    link = rels(*[(f'rId{i}', DOC + '/table', '../tables/table1.xml', '') for i in range(30_000)])
    table = (f'{XML}<table xmlns="{MAIN}" id="1" name="T" displayName="T" ref="A1:XFD1048576"><tableColumns count="4294967295">'
             + '<tableColumn id="1" name="c"/>' * 5_000 + '</tableColumns></table>')
    many = ''.join(f'<tablePart r:id="rId{i}"/>' for i in range(30_000))
    extra = {'xl/worksheets/_rels/sheet1.xml.rels': link, 'xl/tables/table1.xml': table}
    yield 'tables_30000_of_one_part', 'read', workbook(sheet1=sheet(after=f'<tableParts>{many}</tableParts>'), extra=extra), 'twice'
    declared = f' xmlns:mc="{MC}" ' + ' '.join(f'xmlns:p{i}="urn:{i}"' for i in range(20_000))
    wanted = ' '.join(f'p{i}' for i in reversed(range(20_000)))
    choice = f'<mc:AlternateContent><mc:Choice Requires="{wanted}"><x/></mc:Choice><mc:Fallback/></mc:AlternateContent>'
    known = ' '.join(f'xmlns:p{i}="{DOC}"' for i in range(20_000))
    yield 'choice_of_20000_prefixes', 'read', workbook(sheet1=sheet(
        before=choice, root=f' xmlns:mc="{MC}" ' + known))
    small = '<mc:AlternateContent><mc:Choice Requires="p1"><x/></mc:Choice><mc:Fallback/></mc:AlternateContent>'
    yield 'choices_20000_under_a_large_root', 'read', workbook(sheet1=sheet(small * 20_000, root=declared))
    yield 'choices_20000_under_a_large_root_before_rows', 'read', workbook(sheet1=sheet(before=small * 20_000, root=declared))
    yield 'comments_million', 'read', workbook(sheet1=sheet('<!---->' * 1_000_000))
    yield 'quotes_unbalanced', 'workbook.xml', workbook(sheet1=sheet('<row a="' * 200_000))
    yield 'escapes_million', 'read', workbook(strings=strings('<si><t>' + '_x005F_' * 500_000 + '</t></si>'))
    yield 'array_whole_sheet', 'read', one('<c r="A1"><f t="array" ref="A1:XFD1048576">B1</f><v>1</v></c>')
    arrays = ''.join(f'<row r="{i}"><c r="A{i}"><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c></row>' for i in range(1, 50_001))
    yield 'array_whole_sheet_50000_times', 'read', workbook(sheet1=sheet(arrays))
    warned = ''.join(['<mergeCell ref="ZZZZ1:A1"/>'] * 200_000)
    yield 'warnings_200000', 'read', workbook(sheet1=sheet(after=f'<mergeCells>{warned}</mergeCells>')), 'ZZZZ1'


def formulas():
    for label, attributes, text in [('without_master', 't="shared" si="7"', ''), ('index_huge', 't="shared" si="4294967295"', 'B1'),
                                    ('index_missing', 't="shared"', ''), ('type', 't="evil"', 'B1'),
                                    ('array_ref', 't="array" ref="ZZZZ1:A0"', 'B1'), ('array_ref_missing', 't="array"', 'B1'),
                                    ('table', 't="dataTable" ref="A1:B2" r1="ZZZZ1" dt2D="1"', ''), ('brackets', '', '[' * 100_000),
                                    ('quotes', '', '&quot;' * 99_999), ('long', '', '1+' * 1_000_000 + '1'),
                                    ('deep', '', '(' * 500_000 + ')' * 500_000)]:
        yield 'formula_' + label, 'read', one(f'<c r="A1"><f {attributes}>{text}</f><v>1</v></c>')
    for label, text in [('brackets', '[' * 100_000), ('quotes', "'" * 99_999), ('columns', 'A:' * 50_000), ('numbers', '1' * 200_000),
                        ('dollars', '$' * 200_000), ('last', 'XFD1048576+XFE1+A0+A1048577')]:
        yield 'formula_moved_' + label, 'read', workbook(sheet1=sheet(
            f'<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:B2">{text}</f></c><c r="B1"><f t="shared" si="0"/></c></row>'))


def cases():
    for group in (places, values, amplifiers, formulas):
        yield from group()
