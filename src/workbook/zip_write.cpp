#include "detail/zip.hpp"

#include <riskshare/detail/large_pages.hpp>

#include <libdeflate.h>

#include <algorithm>
#include <new>
#include <unordered_map>

namespace riskshare::workbook::detail::zip {
namespace {

using compressor = std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)>;

constexpr std::uint16_t deflated = 8, sizes_follow = 0x0008, packing_hints = 0x0006, utf8_name = 0x0800;
constexpr std::uint16_t wide_field = 0x0001;

void put16(std::string& out, std::uint64_t value) {
    out += static_cast<char>(value & 0xFF);
    out += static_cast<char>(value >> 8 & 0xFF);
}
void put32(std::string& out, std::uint64_t value) {
    put16(out, value);
    put16(out, value >> 16);
}

void set(std::string& out, std::uint64_t at, std::uint64_t value, int width) {
    for (int i = 0; i < width; ++i) out[at + static_cast<std::uint64_t>(i)] = static_cast<char>(value >> 8 * i & 0xFF);
}

struct packed_content {
    std::unique_ptr<char[]> data;
    std::size_t size = 0;
};

packed_content deflate(const std::string& content) {
    // Large sheets: nobody waits for a file that is a tenth smaller. Small parts: nobody notices the time.
    constexpr std::size_t large = 128 * 1024;
    const compressor engine(libdeflate_alloc_compressor(content.size() < large ? 6 : 1), &libdeflate_free_compressor);
    if (!engine) throw std::bad_alloc();
    const std::size_t room = libdeflate_deflate_compress_bound(engine.get(), content.size());
    packed_content packed{std::unique_ptr<char[]>(new char[room]), 0};
    packed.size = libdeflate_deflate_compress(engine.get(), content.data(), content.size(), packed.data.get(), room);
    if (packed.size == 0) throw std::bad_alloc();
    return packed;
}

/// An extra field without the zip64 sizes, which no longer hold.
std::string narrow_extra(std::string_view extra) {
    std::string kept;
    while (extra.size() >= 4) {
        const std::size_t size = std::min<std::size_t>(extra.size(), 4u + u16(extra, 2));
        if (u16(extra, 0) != wide_field) kept += extra.substr(0, size);
        extra.remove_prefix(size);
    }
    return kept += extra;
}

/// What one new record says about itself, in its local header and in the directory.
struct header {
    std::uint16_t made_by = 20, needed = 20, flags = 0, method = deflated, time = 0, date = 0x0021; // 1 January 1980
    std::uint16_t internal = 0;
    std::uint32_t external = 0, crc = 0;
    std::uint64_t packed = 0, unpacked = 0;
    std::string name, local_extra, entry_extra, comment;
};

header header_of_new(const std::string& name) {
    header h;
    h.name = name;
    const bool ascii =
        std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!ascii) h.flags = utf8_name;
    return h;
}

header header_of(std::string_view bytes, const record& r) {
    const std::uint64_t entry = r.entry.begin, local = r.local.begin;
    const std::uint64_t entry_extra = entry + 46 + u16(bytes, entry + 28),
                        comment = entry_extra + u16(bytes, entry + 30);
    const std::uint64_t local_extra = local + 30 + u16(bytes, local + 26);
    header h;
    h.made_by = u16(bytes, entry + 4);
    h.needed = std::max<std::uint16_t>(20, u16(bytes, entry + 6));
    h.flags = static_cast<std::uint16_t>(r.flags & ~(sizes_follow | packing_hints));
    h.method = r.method;
    h.time = u16(bytes, entry + 12);
    h.date = u16(bytes, entry + 14);
    h.internal = u16(bytes, entry + 36);
    h.external = u32(bytes, entry + 38);
    h.name = r.raw_name;
    h.local_extra = narrow_extra(bytes.substr(local_extra, r.data.begin - local_extra));
    h.entry_extra = narrow_extra(bytes.substr(entry_extra, comment - entry_extra));
    h.comment = bytes.substr(comment, r.entry.end - comment);
    return h;
}

/// From the needed version to the lengths: the part that both places share.
void put_common(std::string& out, const header& h, const std::string& extra) {
    put16(out, h.needed);
    put16(out, h.flags);
    put16(out, h.method);
    put16(out, h.time);
    put16(out, h.date);
    put32(out, h.crc);
    put32(out, h.packed);
    put32(out, h.unpacked);
    put16(out, h.name.size());
    put16(out, extra.size());
}

void put_local(std::string& out, header& h, const std::string& content) {
    packed_content packed;
    if (h.method == deflated) packed = deflate(content);
    const std::string_view data =
        h.method == deflated ? std::string_view(packed.data.get(), packed.size) : std::string_view(content);
    h.crc = crc32(content);
    h.unpacked = content.size();
    h.packed = data.size();
    out += "PK\3\4";
    put_common(out, h, h.local_extra);
    out += h.name;
    out += h.local_extra;
    out += data;
}

void put_entry(std::string& out, const header& h, std::uint64_t offset) {
    out += "PK\1\2";
    put16(out, h.made_by);
    put_common(out, h, h.entry_extra);
    put16(out, h.comment.size());
    put16(out, 0);
    put16(out, h.internal);
    put32(out, h.external);
    put32(out, offset);
    out += h.name;
    out += h.entry_extra;
    out += h.comment;
}

/// The ends of the directory as they were, with the new count, size and place.
void put_end(std::string& out, std::string_view bytes, const directory& from, std::uint64_t count, byte_range central) {
    const std::uint64_t tail = out.size();
    out += bytes.substr(from.central.end);
    const auto moved = [&](std::uint64_t at) { return at - from.central.end + tail; };
    const std::uint64_t size = central.size(), offset = central.begin - from.base;
    if (from.wide_end_record != 0) {
        const std::uint64_t at = moved(from.wide_end_record);
        set(out, at + 24, count, 8);
        set(out, at + 32, count, 8);
        set(out, at + 40, size, 8);
        set(out, at + 48, offset, 8);
        const std::uint64_t base = from.wide_end_record - u64(bytes, from.wide_locator + 8); // 0, or `from.base`
        set(out, moved(from.wide_locator) + 8, at - base, 8);
    }
    const auto set_unless_elsewhere = [&](std::uint64_t field, std::uint64_t value, int width) {
        const bool elsewhere = width == 2 ? u16(bytes, from.end_record + field) == 0xFFFF
                                          : u32(bytes, from.end_record + field) == 0xFFFFFFFF;
        if (from.wide_end_record == 0 || !elsewhere) set(out, moved(from.end_record) + field, value, width);
    };
    set_unless_elsewhere(8, count, 2);
    set_unless_elsewhere(10, count, 2);
    set_unless_elsewhere(12, size, 4);
    set_unless_elsewhere(16, offset, 4);
}

/// The file as it grows, and where each record of the old directory has gone.
struct writer {
    std::string_view bytes;
    const directory& from;
    std::string out = {};
    std::vector<std::uint64_t> offsets = {}; ///< by index in the old directory
    std::unordered_map<std::size_t, const replacement*> replaced = {};
    std::unordered_map<std::size_t, header> headers = {};
    std::vector<std::pair<header, std::uint64_t>> added = {};

    void put_records(const std::vector<replacement>& replacements) {
        std::vector<std::size_t> by_place(from.records.size());
        for (std::size_t i = 0; i < by_place.size(); ++i) by_place[i] = i;
        const auto begin = [&](std::size_t i) { return from.records[i].local.begin; };
        std::sort(by_place.begin(), by_place.end(), [&](std::size_t a, std::size_t b) { return begin(a) < begin(b); });
        out += bytes.substr(0, by_place.empty() ? from.central.begin : begin(by_place.front()));
        offsets.resize(from.records.size());
        for (const std::size_t i : by_place) {
            const record& r = from.records[i];
            offsets[i] = out.size() - from.base;
            const auto change = replaced.find(i);
            if (change == replaced.end())
                out += bytes.substr(r.local.begin, r.local.size());
            else if (change->second->content != nullptr)
                put_local(out, headers[i] = header_of(bytes, r), *change->second->content);
        }
        for (const replacement& r : replacements) {
            if (r.record != replacement::npos) continue;
            added.emplace_back(header_of_new(r.name), out.size() - from.base);
            put_local(out, added.back().first, *r.content);
        }
    }

    std::uint64_t put_directory() {
        std::uint64_t count = added.size();
        for (std::size_t i = 0; i < from.records.size(); ++i) {
            const record& r = from.records[i];
            const auto change = replaced.find(i);
            if (change != replaced.end() && change->second->content == nullptr) continue;
            ++count;
            if (change != replaced.end()) {
                put_entry(out, headers[i], offsets[i]);
                continue;
            }
            const std::uint64_t entry = out.size();
            out += bytes.substr(r.entry.begin, r.entry.size());
            set(out, entry + (r.offset_field - r.entry.begin), offsets[i], r.wide_offset ? 8 : 4);
        }
        for (const auto& [head, offset] : added) put_entry(out, head, offset);
        const std::uint64_t last = from.records.empty() ? from.central.begin : from.records.back().entry.end;
        out += bytes.substr(last, from.central.end - last);
        return count;
    }
};

} // namespace

std::string rewrite(std::string_view bytes, const directory& from, const std::vector<replacement>& replacements) {
    writer w{bytes, from};
    w.out.reserve(bytes.size() + bytes.size() / 8 + 4096);
    riskshare::detail::expect_filled(w.out.data(), w.out.capacity());
    for (const replacement& r : replacements)
        if (r.record != replacement::npos) w.replaced.emplace(r.record, &r);
    w.put_records(replacements);
    const std::uint64_t central = w.out.size();
    const std::uint64_t count = w.put_directory();
    put_end(w.out, bytes, from, count, {central, w.out.size()});
    return std::move(w.out);
}

} // namespace riskshare::workbook::detail::zip
