"""Files that lie as zips. Each function yields (name, expected, bytes); `expected` is the rule of the refusal, or "read"."""
import struct
import zlib

from .kit import BOOK, SHEET1, STORED, Entry, Zip, end_record, entries, parts, raw_deflate, utf16, wide_end, workbook

MIB = 1 << 20


def with_entry(*more, **options):
    return Zip(entries() + list(more), **options).bytes


def sheet_as(**options):
    """The sound workbook whose sheet record lies."""
    return Zip([Entry(e.name, e.data, **options) if e.name == SHEET1.encode() else e for e in entries()]).bytes


def patched(data, at, new):
    return data[:at] + new + data[at + len(new):]


def bombs():
    zeros = b'\0' * (12 * MIB)
    yield 'bomb_ratio', 'package.ratio', with_entry(Entry('xl/media/image1.png', zeros))
    yield 'bomb_ratio_sheet', 'package.ratio', Zip(
        [Entry(e.name, zeros) if e.name == SHEET1.encode() else e for e in entries()]).bytes
    small = dict(unpacked=100)
    yield 'bomb_that_declares_little', 'package.size', sheet_as(packed=raw_deflate(zeros), local=small, central=small)
    nested = raw_deflate(raw_deflate(zeros))
    yield 'bomb_declares_less_than_ratio', 'package.size', sheet_as(
        packed=raw_deflate(zeros), local=dict(unpacked=9 * MIB), central=dict(unpacked=9 * MIB))
    junk = bytes((i * 2654435761 >> 13) & 255 for i in range(400_000))
    large = dict(unpacked=300 * MIB)
    yield 'bomb_one_part', 'package.too_large', with_entry(
        Entry('xl/media/a.bin', b'', packed=junk, local=large, central=large))
    share = dict(unpacked=200 * MIB)
    yield 'bomb_all_parts', 'package.too_large', with_entry(
        *[Entry(f'xl/media/{i}.bin', b'', packed=junk, local=share, central=share) for i in range(3)])
    yield 'bomb_nested_deflate', 'workbook.xml', sheet_as(packed=raw_deflate(nested), local=dict(unpacked=len(nested),
        crc=zlib.crc32(nested)), central=dict(unpacked=len(nested), crc=zlib.crc32(nested)))


def overlaps():
    sound = entries()
    z = Zip(sound)
    at = {w.rsplit(' local', 1)[0]: o for w, o, _ in z.marks if w.endswith('local header')}
    another = Entry('xl/other.xml', sound[2].data, central=dict(offset=at[BOOK]), no_local=True)
    yield 'overlap_same_record_other_name', 'package.mismatch', Zip(sound + [another]).bytes
    again = Entry(BOOK, sound[2].data, central=dict(offset=at[BOOK]), no_local=True)
    yield 'overlap_same_record_same_name', 'package.duplicate_name', Zip(sound + [again]).bytes

    # A record inside another one's stored content.
    inner = Entry('xl/inner.xml', b'<a/>', STORED)
    outer = Entry('xl/outer.bin', inner.local_bytes() + inner.packed + b'tail', STORED)
    start = next(o for w, o, _ in Zip(sound + [outer]).marks if w == 'xl/outer.bin data')
    inner_entry = Entry('xl/inner.xml', b'<a/>', STORED, central=dict(offset=start), no_local=True)
    yield 'overlap_inside_stored', 'package.overlap', Zip(sound + [outer, inner_entry]).bytes

    # Quoted overlap: each record's deflate stream quotes the next record's header in a stored block, all end in one kernel.
    kernel = raw_deflate(b'a' * 5000)
    chain, content, packed = [], b'a' * 5000, kernel
    for i in reversed(range(8)):
        chain.insert(0, (Entry(f'xl/q{i}.bin', content, packed=packed)))
        header = chain[0].local_bytes()
        content = header + content
        packed = b'\0' + struct.pack('<HH', len(header), len(header) ^ 0xFFFF) + header + packed
    z = Zip(sound + chain[:1])
    at = next(o for w, o, _ in z.marks if w == 'xl/q0.bin local header')
    for e in chain[1:]:
        previous = chain[chain.index(e) - 1]
        at += len(previous.local_bytes()) + 5
        e.central, e.no_local = dict(offset=at), True
    yield 'overlap_quoted', 'package.overlap', Zip(sound + chain).bytes

    longer = dict(packed=len(sound[-1].packed) + 40)
    yield 'overlap_into_directory', 'package.truncated', Zip(
        sound[:-1] + [Entry(sound[-1].name, sound[-1].data, local=longer, central=longer)]).bytes
    yield 'gap_between_records', 'read', Zip(entries(), between=b'hidden ' * 40).bytes


def names():
    for label, name in [('dot_dot', '../../evil.xml'), ('dot_dot_inside', 'xl/../../../etc/cron.d/evil'),
                        ('absolute', '/etc/passwd'), ('drive', 'C:/Windows/evil.dll'), ('drive_relative', 'c:evil.dll'),
                        ('backslash', '..\\..\\evil.xml'), ('backslash_inside', 'xl\\..\\..\\evil.xml'),
                        ('unc', '\\\\server\\share\\evil.xml'), ('dot', 'xl/./evil.xml'), ('dot_dot_alone', '..'),
                        ('dot_dot_folder', 'xl/../'), ('zero_byte', 'xl/evil.xml\0.png'), ('empty', '')]:
        yield 'name_' + label, 'package.unsafe_name', with_entry(Entry(name, b'<a/>'))
    yield 'name_percent', 'read', with_entry(Entry('xl/..%2f..%2fevil.xml', b'<a/>'))
    yield 'name_very_long', 'read', with_entry(Entry('xl/' + 'n' * 65000 + '.xml', b'<a/>'))
    yield 'name_terminal_escape', 'package.duplicate_name', with_entry(*[Entry('xl/\x1b[2J\x1b]0;pwned\x07.xml', b'')] * 2)
    yield 'name_invalid_utf8', 'read', with_entry(Entry(b'xl/\xff\xfe\xc0.xml', b'<a/>', flags=0x800))
    yield 'duplicate', 'package.duplicate_name', with_entry(Entry(SHEET1, b'<other/>'))
    yield 'case_twin', 'package.case_twin', with_entry(Entry('XL/Worksheets/Sheet1.XML', b'<other/>'))
    yield 'backslash_twin', 'package.duplicate_name', with_entry(Entry('xl\\worksheets\\sheet1.xml', b'<other/>'))
    many = [Entry('%05x' % (i * 7919 % 10007) + 'x' * 6000, b'', STORED) for i in range(500)]
    yield 'names_of_three_megabytes', 'read', Zip(entries() + many).bytes


def truncations():
    """One file for every structural boundary, and one for the middle of every structure."""
    whole = Zip([Entry(e.name, e.data, descriptor='signed') if i % 2 else e for i, e in enumerate(entries())],
                comment=b'made by hand')
    cuts = {0: 'nothing', 2: 'half_signature', 4: 'signature'}
    for what, at, size in whole.marks:
        slug = what.replace('/', '_').replace('[', '').replace(']', '').replace('.', '_').replace(' ', '_')
        cuts.setdefault(at, 'before_' + slug)
        cuts.setdefault(at + size // 2, 'inside_' + slug)
    end = whole.marks[-1][1]
    cuts.setdefault(end + 4, 'after_end_signature')
    cuts.setdefault(end + 21, 'inside_comment_length')
    cuts.setdefault(end + 22, 'before_comment')
    cuts.setdefault(len(whole.bytes) - 1, 'one_byte_short')
    for at in sorted(cuts):
        rule = 'package.not_a_zip' if at < 4 else 'package.truncated'
        yield f'truncated_{at:05d}_{cuts[at]}', rule, whole.bytes[:at]
    yield 'truncated_front', 'package.truncated', whole.bytes[60:]
    yield 'truncated_middle', 'package.truncated', whole.bytes[:500] + whole.bytes[900:]


def contents():
    wrong = dict(crc=0xDEADBEEF)
    yield 'crc_wrong', 'package.crc', sheet_as(local=wrong, central=wrong)
    yield 'crc_wrong_stored', 'package.crc', sheet_as(method=STORED, local=wrong, central=wrong)
    yield 'crc_differs_in_directory', 'package.mismatch', sheet_as(central=wrong)
    sheet = parts()[SHEET1].encode()
    packed = raw_deflate(sheet)
    yield 'deflate_damaged', 'package.corrupt', sheet_as(packed=b'\xff' * len(packed))
    yield 'deflate_cut', 'package.corrupt', sheet_as(packed=packed[:-4])
    yield 'deflate_trailing', 'package.corrupt', sheet_as(packed=packed + b'junk after the end')
    yield 'deflate_empty', 'package.corrupt', sheet_as(packed=b'')
    yield 'size_larger_than_content', 'package.corrupt', sheet_as(local=dict(unpacked=9999), central=dict(unpacked=9999))
    yield 'size_smaller_than_content', 'package.size', sheet_as(local=dict(unpacked=9), central=dict(unpacked=9))
    yield 'size_zero', 'package.size', sheet_as(local=dict(unpacked=0), central=dict(unpacked=0))
    yield 'size_differs_in_directory', 'package.mismatch', sheet_as(central=dict(unpacked=9999))
    yield 'size_stored_differs', 'package.truncated', sheet_as(method=STORED, local=dict(unpacked=9), central=dict(unpacked=9))
    yield 'size_packed_huge', 'package.truncated', sheet_as(local=dict(packed=0xFFFFFFFE), central=dict(packed=0xFFFFFFFE))
    yield 'name_differs_in_directory', 'package.mismatch', sheet_as(local=dict(name=b'xl/worksheets/sheet2.xml'))
    yield 'method_differs_in_directory', 'package.mismatch', sheet_as(local=dict(method=STORED))
    for method in (1, 6, 9, 12, 14, 19, 93, 95, 98, 99, 0xFFFF):
        yield f'method_{method}', 'package.method', sheet_as(local=dict(method=method), central=dict(method=method))
    for label, flag in [('traditional', 1), ('strong', 0x41), ('masked', 0x2000)]:
        lie = dict(flags=flag)
        yield 'encrypted_' + label, 'package.encrypted', sheet_as(local=lie, central=lie)
    yield 'encrypted_in_directory_alone', 'package.encrypted', sheet_as(central=dict(flags=1))
    yield 'encrypted_in_record_alone', 'package.mismatch', sheet_as(local=dict(flags=1))


def ole(*streams):
    """As much of an OLE file as its first sectors show: the directory's names in UTF-16."""
    head = b'\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1' + b'\0' * 504
    return head + b''.join(s.encode('utf-16-le').ljust(128, b'\0') for s in ('Root Entry',) + streams)


def other_formats():
    yield 'ole_encrypted', 'package.encrypted', ole('EncryptionInfo', 'EncryptedPackage')
    yield 'ole_old_xls', 'package.old_xls', ole('Workbook')
    yield 'ole_head_alone', 'package.old_xls', ole()[:8]
    yield 'html', 'package.not_a_zip', b'<html><table><tr><td>1</td></tr></table></html>'
    yield 'html_utf16', 'package.not_a_zip', utf16('<html><table/></html>')
    yield 'csv', 'package.not_a_zip', b'a,b\n1,2\n'
    yield 'zeros', 'package.not_a_zip', b'\0' * 5000
    yield 'zeros_long', 'package.not_a_zip', b'\0' * (4 * MIB)
    yield 'noise', 'package.not_a_zip', bytes((i * 2654435761 >> 11) & 255 for i in range(5000))
    yield 'gzip', 'package.not_a_zip', b'\x1f\x8b\x08\0' + b'x' * 50
    yield 'xlsb', 'package.xlsb', Zip([Entry('[Content_Types].xml', '<Types/>'), Entry('xl/workbook.bin', b'\0')]).bytes
    yield 'ods', 'package.open_document', Zip([Entry('mimetype', 'x', STORED), Entry('content.xml', '<a/>')]).bytes
    yield 'workbook_in_zip', 'package.nested_workbook', Zip([Entry('plan.xlsx', workbook(), STORED)]).bytes


def directories():
    sound = entries()
    z = Zip(sound)
    size, central, count = z.marks[-1][1] - z.central, z.central, len(sound)
    body, directory = z.bytes[:central], z.bytes[central:central + size]

    def ends_with(tail, directory=directory):
        return body + directory + tail

    yield 'no_entries', 'workbook.no_workbook', end_record(0, 0, 0)
    yield 'entries_10001', 'package.too_many_parts', Zip(
        sound + [Entry(f'xl/media/{i}', b'', STORED) for i in range(10_001 - count)]).bytes
    yield 'entries_9999', 'read', Zip(sound + [Entry(f'xl/media/{i}', b'', STORED) for i in range(9_999 - count)]).bytes
    yield 'entries_said_65535', 'package.too_many_parts', ends_with(end_record(65535, size, central))
    yield 'entries_said_one_less', 'package.truncated', ends_with(end_record(count - 1, size, central))
    yield 'entries_said_one_more', 'package.truncated', ends_with(end_record(count + 1, size, central))
    yield 'directory_offset_beyond', 'package.truncated', ends_with(end_record(count, size, 0xFFFFFFFE))
    yield 'directory_size_beyond', 'package.truncated', ends_with(end_record(count, 0xFFFFFFFE, central))
    yield 'directory_offset_zero', 'package.truncated', ends_with(end_record(count, size, 0))
    yield 'directory_size_zero', 'package.truncated', ends_with(end_record(count, 0, central))
    yield 'entry_offset_beyond', 'package.truncated', sheet_as(central=dict(offset=0xFFFFFFF0))
    yield 'entry_offset_wrong', 'package.truncated', sheet_as(central=dict(offset=7))
    yield 'entry_comment_beyond', 'package.truncated', ends_with(z.bytes[central + size:], patched(directory, len(directory)
        - len(sound[-1].central_bytes(0)) + 32, b'\xff\xff'))
    yield 'entry_signature_wrong', 'package.truncated', ends_with(z.bytes[central + size:], patched(directory, 46 + 19, b'XXXX'))
    yield 'split_volumes', 'package.split', ends_with(end_record(count, size, central, disk=1, first=1))

    comment = b'see ' + end_record(0, 0, 0) + b' there'
    yield 'end_in_comment', 'read', ends_with(end_record(count, size, central, comment))
    other = Zip([Entry(e.name, e.data.replace(b'12.5', b'99.5')) for e in sound])
    both = end_record(count, size, central, b'', length=len(other.bytes))
    yield 'end_twice_whole_zip_in_comment', 'package.mismatch', ends_with(both + other.bytes)
    yield 'end_twice_empty_zip_in_comment', 'package.mismatch', ends_with(
        end_record(count, size, central, end_record(0, 0, 0)))
    yield 'end_twice_same_directory', 'package.mismatch', ends_with(end_record(count, size, central, b'', length=22)
                                                       + end_record(count, size, central))
    yield 'comment_longer_than_file', 'package.truncated', ends_with(end_record(count, size, central, b'abc', length=500))
    yield 'prepended_garbage', 'read', Zip(sound, prefix=b'#!/bin/sh\nexit\n' * 100).bytes
    yield 'prepended_record', 'read', Zip(sound, prefix=Entry('xl/workbook.xml', b'<evil/>').local_bytes()).bytes
    yield 'appended_garbage', 'read', z.bytes + b'\r\n-- scanned by a mail gateway --\r\n'
    yield 'appended_64_kib', 'package.truncated', z.bytes + b'.' * 70_000
    yield 'prepended_offsets_counted', 'read', prepended_counted(sound)


def prepended_counted(sound):
    """Bytes in front, with offsets that count them: another way to be right."""
    prefix = b'stub' * 50
    offset, out = len(prefix), prefix
    central = b''
    for e in sound:
        central += e.central_bytes(offset)
        record = e.local_bytes() + e.packed
        out += record
        offset += len(record)
    return out + central + end_record(len(sound), len(central), len(out))


def wide():
    sound = entries()
    z = Zip(sound)
    size, central, count = z.marks[-1][1] - z.central, z.central, len(sound)
    body = z.bytes[:central + size]
    elsewhere = end_record(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)

    def ends(tail):
        return body + tail

    huge = (1 << 64) - 1
    yield 'zip64_sound', 'read', ends(wide_end(count, size, central, len(body)) + elsewhere)
    yield 'zip64_entries_huge', 'package.too_many_parts', ends(wide_end(count, size, central, len(body), count=huge) + elsewhere)
    yield 'zip64_size_huge', 'package.truncated', ends(wide_end(count, huge, central, len(body)) + elsewhere)
    yield 'zip64_offset_huge', 'package.truncated', ends(wide_end(count, size, huge, len(body)) + elsewhere)
    yield 'zip64_sum_wraps', 'package.truncated', ends(wide_end(count, huge - 10, central + 11, len(body)) + elsewhere)
    yield 'zip64_locator_huge', 'read', ends(wide_end(count, size, central, huge) + elsewhere)
    locator_alone = wide_end(count, size, central, 5)[56:]
    yield 'zip64_end_missing', 'package.truncated', ends(locator_alone + elsewhere)
    # A zip64 end that stands after the plain end, in the comment, with a directory of its own before it.
    record = wide_end(count, size, central, 0)
    at = len(body) + 20 + 22 + size
    late = wide_end(count, size, len(body) + 20 + 22, at)
    comment = z.bytes[central:central + size] + late[:56]
    yield 'zip64_end_in_comment', 'package.truncated', ends(late[56:] + end_record(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, comment))
    yield 'zip64_disagrees_with_end', 'package.mismatch', ends(wide_end(count, size, central, len(body)) + end_record(0, 0, 0))
    lie = dict(packed=0xFFFFFFFF, unpacked=0xFFFFFFFF)
    sheet = next(e for e in sound if e.name == SHEET1.encode())
    right = struct.pack('<HHQQ', 1, 16, len(sheet.data), len(sheet.packed))
    yield 'zip64_sizes_sound', 'read', sheet_as(extra=right, central=lie, local=lie)
    yield 'zip64_field_missing', 'package.truncated', sheet_as(central=lie, local=lie)
    yield 'zip64_field_short', 'package.truncated', sheet_as(extra=right[:2] + b'\x08\0' + right[4:12], central=lie, local=lie)
    yield 'zip64_field_size_huge', 'package.too_large', sheet_as(
        extra=struct.pack('<HHQQ', 1, 16, 1 << 62, 1 << 62), central=lie, local=lie)
    yield 'zip64_packed_huge', 'package.truncated', sheet_as(
        extra=struct.pack('<HHQQ', 1, 16, len(sheet.data), 1 << 63), central=lie, local=lie)
    far = struct.pack('<HHQ', 1, 8, 1 << 63)
    yield 'zip64_offset_of_entry_huge', 'package.truncated', sheet_as(central_extra=far, central=dict(offset=0xFFFFFFFF))
    yield 'extra_field_overruns', 'read', sheet_as(extra=struct.pack('<HH', 0x5455, 60000))
    for kind in ('signed', 'plain'):
        yield 'descriptor_' + kind, 'read', sheet_as(descriptor=kind)
    yield 'descriptor_missing', 'read', sheet_as(descriptor=b'')
    yield 'descriptor_lies', 'read', sheet_as(descriptor=b'PK\7\x08' + b'\xff' * 12)


def cases():
    for group in (bombs, overlaps, names, truncations, contents, other_formats, directories, wide):
        yield from group()
