#include "detail/refusal.hpp"
#include "detail/zip.hpp"

#include <riskshare/detail/large_pages.hpp>

#include <libdeflate.h>

#include <new>

namespace riskshare::workbook::detail::zip {
namespace {

using decompressor = std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)>;

/// \param room for `r.unpacked` bytes
void unpack(std::string_view packed, const record& r, char* room, const std::string& file) {
    const decompressor engine(libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
    if (!engine) throw std::bad_alloc();
    std::size_t used = 0, grown = 0;
    const auto outcome =
        libdeflate_deflate_decompress_ex(engine.get(), packed.data(), packed.size(), room, r.unpacked, &used, &grown);
    if (outcome == LIBDEFLATE_INSUFFICIENT_SPACE)
        refuse("package.size", file,
               "holds " + in_quotes(r.name) + ", which unpacks to more than the " + std::to_string(r.unpacked) +
                   " bytes that it declares; that is how an attack is built, not a workbook.");
    if (outcome != LIBDEFLATE_SUCCESS || used != packed.size() || grown != r.unpacked)
        refuse("package.corrupt", file,
               "holds " + in_quotes(r.name) + ", which cannot be unpacked. The file was damaged; ask for it again.");
}

void check_sum(std::string_view content, const record& r, const std::string& file) {
    if (crc32(content) != r.crc)
        refuse("package.crc", file,
               "holds " + in_quotes(r.name) +
                   ", whose content does not match its check sum. The file was damaged; ask for it "
                   "again.");
}

std::string_view packed_bytes(std::string_view bytes, const record& r) {
    return bytes.substr(r.data.begin, r.data.size());
}

} // namespace

part_content inflate(std::string_view bytes, const std::shared_ptr<const void>& owner, const record& r,
                     const std::string& file) {
    const std::string_view packed = packed_bytes(bytes, r);
    part_content content(std::shared_ptr<const char[]>(owner, packed.data()), packed.size());
    if (r.method == 8) {
        // Not std::string: it would write zeros over 100 MB first.
        std::shared_ptr<char[]> room(new char[r.unpacked + 1]);
        riskshare::detail::expect_filled(room.get(), r.unpacked);
        room.get()[r.unpacked] = '\0';
        unpack(packed, r, room.get(), file);
        content = {std::move(room), static_cast<std::size_t>(r.unpacked)}; // at most limits::one_part
    }
    check_sum(content.view(), r, file);
    return content;
}

std::string inflated_text(std::string_view bytes, const record& r, const std::string& file) {
    if (r.method != 8) return std::string(inflate(bytes, nullptr, r, file).view());
    std::string text;
    text.reserve(r.unpacked + r.unpacked / 256 + 4096); // an edit grows it a little: then it need not move
    riskshare::detail::expect_filled(text.data(), text.capacity());
    text.resize(r.unpacked);
    unpack(packed_bytes(bytes, r), r, text.data(), file);
    check_sum(text, r, file);
    return text;
}

std::uint32_t crc32(std::string_view bytes) noexcept { return libdeflate_crc32(0, bytes.data(), bytes.size()); }

} // namespace riskshare::workbook::detail::zip
