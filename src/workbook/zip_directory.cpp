#include "detail/refusal.hpp"
#include "detail/zip.hpp"

#include <algorithm>
#include <unordered_map>

namespace riskshare::workbook::detail::zip {
namespace {

constexpr std::string_view end_signature{"PK\5\6", 4};
constexpr std::string_view wide_end_signature{"PK\6\6", 4};
constexpr std::string_view wide_locator_signature{"PK\6\7", 4};
constexpr std::string_view entry_signature{"PK\1\2", 4};
constexpr std::string_view local_signature{"PK\3\4", 4};
constexpr std::uint64_t end_size = 22, wide_end_size = 56, wide_locator_size = 20, entry_size = 46, local_size = 30;

/// One reading of one file: what every step needs to speak of it.
struct reader {
    std::string_view bytes;
    const std::string& file;

    bool stands_at(std::uint64_t at, std::string_view signature, std::uint64_t size) const noexcept {
        return at <= bytes.size() && bytes.size() - at >= size && bytes.substr(at, signature.size()) == signature;
    }
    [[noreturn]] void damaged(const std::string& what) const {
        refuse("package.truncated", file, "is damaged: " + what + ". Ask for the file again.");
    }
    [[noreturn]] void ambiguous(const std::string& what) const {
        refuse("package.mismatch", file, what + "; two programs would read two different workbooks from it.");
    }
};

struct totals {
    std::uint64_t entries = 0, size = 0, offset = 0;
};

std::uint64_t find_end_record(const reader& in) {
    constexpr std::uint64_t longest_comment = 0xFFFF;
    if (in.bytes.size() < end_size) refuse_what_is_no_zip(in.bytes, in.file);
    const std::uint64_t last = in.bytes.size() - end_size;
    const std::uint64_t first = last > longest_comment ? last - longest_comment : 0;
    const std::uint64_t none = in.bytes.size();
    std::uint64_t exact = none, fallback = none;
    for (std::uint64_t at = last + 1; at-- > first;) {
        if (!in.stands_at(at, end_signature, end_size)) continue;
        const std::uint64_t end = at + end_size + u16(in.bytes, at + 20);
        if (end == in.bytes.size()) {
            if (exact != none) in.ambiguous("has two ends, one in the comment of the other");
            exact = at;
        }
        // Something was appended, by a mail gateway for instance.
        if (end < in.bytes.size() && fallback == none) fallback = at;
    }
    if (exact == none && fallback == none) refuse_what_is_no_zip(in.bytes, in.file);
    return exact != none ? exact : fallback;
}

totals read_end_records(const reader& in, directory& found) {
    const std::string_view b = in.bytes;
    const std::uint64_t at = found.end_record = find_end_record(in);
    totals sum{u16(b, at + 10), u32(b, at + 12), u32(b, at + 16)};
    if (at >= wide_locator_size && in.stands_at(at - wide_locator_size, wide_locator_signature, wide_locator_size)) {
        found.wide_locator = at - wide_locator_size;
        // Where the locator says, unless bytes were put in front of the zip: then right before the locator.
        std::uint64_t wide = u64(b, found.wide_locator + 8);
        if (!in.stands_at(wide, wide_end_signature, wide_end_size))
            wide = found.wide_locator >= wide_end_size ? found.wide_locator - wide_end_size : b.size();
        if (!in.stands_at(wide, wide_end_signature, wide_end_size) || wide + wide_end_size > found.wide_locator)
            in.damaged("the zip64 end of its directory is missing");
        found.wide_end_record = wide;
        const totals narrow = sum;
        sum = {u64(b, wide + 32), u64(b, wide + 40), u64(b, wide + 48)};
        const auto differs = [](std::uint64_t small, std::uint64_t elsewhere, std::uint64_t large) {
            return small != elsewhere && small != large;
        };
        if (differs(narrow.entries, 0xFFFF, sum.entries) || differs(narrow.size, 0xFFFFFFFF, sum.size) ||
            differs(narrow.offset, 0xFFFFFFFF, sum.offset))
            in.ambiguous("has two ends of its zip directory that disagree");
        if (u32(b, wide + 16) != 0 || u32(b, wide + 20) != 0)
            refuse("package.split", in.file, "is one of several volumes of a split zip. Join them first.");
    } else if (u16(b, at + 4) != 0 || u16(b, at + 6) != 0) {
        refuse("package.split", in.file, "is one of several volumes of a split zip. Join them first.");
    }
    if (sum.entries > limits::entries)
        refuse("package.too_many_parts", in.file,
               "says it holds " + std::to_string(sum.entries) + " parts; more than " + std::to_string(limits::entries) +
                   " are refused as a likely attack.");
    return sum;
}

void place_directory(const reader& in, const totals& sum, directory& found) {
    const std::uint64_t limit = found.wide_end_record != 0 ? found.wide_end_record : found.end_record;
    if (sum.size > limit || sum.offset > limit - sum.size) in.damaged("its zip directory lies beyond its end");
    const auto begins_well = [&](std::uint64_t at) {
        return sum.entries == 0 || in.stands_at(at, entry_signature, entry_size);
    };
    if (!begins_well(sum.offset)) {
        found.base = limit - sum.size - sum.offset;
        if (!begins_well(sum.offset + found.base)) in.damaged("its zip directory is not where its end says");
    }
    found.central = {found.base + sum.offset, found.base + sum.offset + sum.size};
}

void check_name(const reader& in, const record& r) {
    const auto unsafe = [&](const char* why) {
        refuse("package.unsafe_name", in.file,
               "holds a part named " + in_quotes(r.raw_name) + ", which " + why + "; no workbook needs that.");
    };
    if (r.name.empty()) unsafe("is no name");
    if (r.raw_name.find('\0') != std::string::npos) unsafe("holds a zero byte");
    if (r.name.front() == '/') unsafe("is absolute");
    if (r.name.size() > 1 && r.name[1] == ':') unsafe("names a drive");
    for (std::size_t at = 0; at <= r.name.size();) {
        const std::size_t end = std::min(r.name.find('/', at), r.name.size());
        const std::string_view step(r.name.data() + at, end - at);
        if (step == ".." || step == ".") unsafe("steps out of its folder");
        at = end + 1;
    }
}

/// The 64-bit values that stand in an extra field in place of those that did not fit.
void read_wide_values(const reader& in, record& r, byte_range extra, std::uint64_t& offset) {
    constexpr std::uint32_t elsewhere = 0xFFFFFFFF;
    const bool wide_unpacked = r.unpacked == elsewhere, wide_packed = r.packed == elsewhere;
    r.wide_offset = offset == elsewhere;
    if (!wide_unpacked && !wide_packed && !r.wide_offset) return;
    for (std::uint64_t at = extra.begin; at + 4 <= extra.end;) {
        const std::uint64_t size = u16(in.bytes, at + 2), end = at + 4 + size;
        if (end > extra.end) break;
        if (u16(in.bytes, at) == 1) {
            std::uint64_t next = at + 4;
            const auto take = [&](bool wanted, std::uint64_t& value) {
                if (!wanted) return std::uint64_t{0};
                if (next + 8 > end) in.damaged("a zip64 field of " + in_quotes(r.raw_name) + " is too short");
                value = u64(in.bytes, next);
                return (next += 8) - 8;
            };
            take(wide_unpacked, r.unpacked);
            take(wide_packed, r.packed);
            if (r.wide_offset) r.offset_field = take(true, offset);
            return;
        }
        at = end;
    }
    in.damaged("the zip64 field of " + in_quotes(r.raw_name) + " is missing");
}

record read_entry(const reader& in, std::uint64_t at, std::uint64_t directory_end, std::uint64_t& offset) {
    const std::string_view b = in.bytes;
    if (directory_end - at < entry_size || !in.stands_at(at, entry_signature, entry_size))
        in.damaged("its zip directory breaks off");
    const std::uint64_t name = at + entry_size, extra = name + u16(b, at + 28), comment = extra + u16(b, at + 30);
    const std::uint64_t end = comment + u16(b, at + 32);
    if (end > directory_end) in.damaged("its zip directory breaks off");
    record r;
    r.flags = u16(b, at + 8);
    r.method = u16(b, at + 10);
    r.crc = u32(b, at + 16);
    r.packed = u32(b, at + 20);
    r.unpacked = u32(b, at + 24);
    r.raw_name = b.substr(name, extra - name);
    r.name = r.raw_name;
    std::replace(r.name.begin(), r.name.end(), '\\', '/');
    r.key = key_of(r.name);
    r.folder = !r.name.empty() && r.name.back() == '/';
    r.entry = {at, end};
    r.offset_field = at + 42;
    offset = u32(b, at + 42);
    read_wide_values(in, r, {extra, comment}, offset);
    check_name(in, r);
    return r;
}

void check_sizes(const reader& in, const record& r, std::uint64_t& all) {
    constexpr std::uint16_t encrypted = 0x0001, strongly_encrypted = 0x0040, masked = 0x2000;
    if ((r.flags & (encrypted | strongly_encrypted | masked)) != 0)
        refuse("package.encrypted", in.file,
               "is a zip whose part " + in_quotes(r.name) + " is encrypted. Save it without a password and try again.");
    if (r.method != 0 && r.method != 8)
        refuse("package.method", in.file,
               "packs its part " + in_quotes(r.name) + " by a method no workbook uses (number " +
                   std::to_string(r.method) + "). Open it in Excel and save it again.");
    if (r.method == 0 && r.packed != r.unpacked)
        in.damaged("the two sizes of its stored part " + in_quotes(r.name) + " differ");
    if (r.unpacked > limits::ratio_matters_above && r.unpacked / limits::ratio > r.packed)
        refuse("package.ratio", in.file,
               "holds " + in_quotes(r.name) + ", which would grow more than " + std::to_string(limits::ratio) +
                   " times when unpacked; that is how an attack is built, not a workbook.");
    if (r.unpacked > limits::one_part)
        refuse("package.too_large", in.file,
               "holds " + in_quotes(r.name) + " of " + std::to_string(r.unpacked >> 20) + " MiB; more than " +
                   std::to_string(limits::one_part >> 20) + " MiB in one part are refused.");
    if ((all += r.unpacked) > limits::all_parts)
        refuse("package.too_large", in.file,
               "holds more than " + std::to_string(limits::all_parts >> 20) + " MiB when unpacked, which is refused.");
}

/// Where the content lies, and that the local header speaks of the same part as the directory.
void locate(const reader& in, record& r, std::uint64_t at, std::uint64_t limit) {
    const std::string_view b = in.bytes;
    if (at > limit || limit - at < local_size || !in.stands_at(at, local_signature, local_size))
        in.damaged("the record of " + in_quotes(r.name) + " is not where the zip directory says");
    const std::uint64_t name = at + local_size, extra = name + u16(b, at + 26), data = extra + u16(b, at + 28);
    if (data > limit || limit - data < r.packed) in.damaged("the record of " + in_quotes(r.name) + " breaks off");
    const auto differs = [&](const char* what) {
        in.ambiguous("names " + in_quotes(r.name) + " in its zip directory, but the record there has another " + what);
    };
    if (b.substr(name, extra - name) != r.raw_name) differs("name");
    if (u16(b, at + 8) != r.method) differs("packing method");
    if ((u16(b, at + 6) & 1) != 0) differs("encryption");
    constexpr std::uint16_t sizes_follow = 0x0008;
    constexpr std::uint32_t elsewhere = 0xFFFFFFFF;
    if ((u16(b, at + 6) & sizes_follow) == 0) {
        const std::uint32_t packed = u32(b, at + 18), unpacked = u32(b, at + 22);
        if (packed != elsewhere && packed != r.packed) differs("size");
        if (unpacked != elsewhere && unpacked != r.unpacked) differs("size");
        if (u32(b, at + 14) != r.crc) differs("check sum");
    }
    r.data = {data, data + r.packed};
    r.local.begin = at;
}

void check_overlap(const reader& in, directory& found) {
    std::vector<record*> by_place;
    for (record& r : found.records) by_place.push_back(&r);
    std::sort(by_place.begin(), by_place.end(),
              [](const record* a, const record* b) { return a->local.begin < b->local.begin; });
    for (std::size_t i = 0; i < by_place.size(); ++i) {
        record& r = *by_place[i];
        r.local.end = i + 1 < by_place.size() ? by_place[i + 1]->local.begin : found.central.begin;
        if (r.data.end > r.local.end)
            refuse("package.overlap", in.file,
                   "holds parts that overlap (" + in_quotes(r.name) + " and " +
                       (i + 1 < by_place.size() ? in_quotes(by_place[i + 1]->name) : std::string("the zip directory")) +
                       "); that is how an attack is built, not a workbook.");
    }
}

void check_twins(const reader& in, const directory& found) {
    std::unordered_map<std::string_view, const record*> seen;
    for (const record& r : found.records) {
        const auto [place, fresh] = seen.emplace(r.key, &r);
        if (fresh) continue;
        const record& first = *place->second;
        const bool same = first.name == r.name;
        refuse(same ? "package.duplicate_name" : "package.case_twin", in.file,
               same ? "holds two parts named " + in_quotes(r.name) + "; which of them counts cannot be known."
                    : "holds the parts " + in_quotes(first.name) + " and " + in_quotes(r.name) +
                          ", whose names differ in case alone; which of them counts cannot be known.");
    }
}

} // namespace

directory read_directory(std::string_view bytes, const std::string& file) {
    const reader in{bytes, file};
    directory found;
    const totals sum = read_end_records(in, found);
    place_directory(in, sum, found);
    std::vector<std::uint64_t> offsets;
    std::uint64_t all = 0, at = found.central.begin;
    for (; at < found.central.end && in.stands_at(at, entry_signature, entry_signature.size());
         at = found.records.back().entry.end) {
        if (found.records.size() == limits::entries)
            refuse("package.too_many_parts", file,
                   "holds more than " + std::to_string(limits::entries) +
                       " parts, which is refused as a likely attack.");
        found.records.push_back(read_entry(in, at, found.central.end, offsets.emplace_back()));
        check_sizes(in, found.records.back(), all);
    }
    if (found.records.size() != sum.entries)
        in.damaged("its zip directory lists " + std::to_string(found.records.size()) + " parts and says " +
                   std::to_string(sum.entries));
    check_twins(in, found);
    for (std::size_t i = 0; i < found.records.size(); ++i) {
        if (offsets[i] > found.central.begin - found.base)
            in.damaged("the record of " + in_quotes(found.records[i].name) + " lies beyond the zip directory");
        locate(in, found.records[i], found.base + offsets[i], found.central.begin);
    }
    check_overlap(in, found);
    return found;
}

std::string key_of(std::string_view part_name) {
    if (!part_name.empty() && (part_name.front() == '/' || part_name.front() == '\\')) part_name.remove_prefix(1);
    std::string key(part_name);
    for (char& c : key) {
        if (c == '\\') c = '/';
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return key;
}

} // namespace riskshare::workbook::detail::zip
