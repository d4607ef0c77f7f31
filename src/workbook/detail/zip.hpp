// The records of a zip file, where they lie, and how to write some of them anew.
#ifndef RISKSHARE_WORKBOOK_DETAIL_ZIP_HPP
#define RISKSHARE_WORKBOOK_DETAIL_ZIP_HPP

#include <riskshare/workbook/package.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare::workbook::detail::zip {

/// What a hostile file may ask of us. Sizes are enforced while inflating: a part that grows past what its
/// record says is refused, so the sums over the records hold for the contents too.
struct limits {
    static constexpr std::uint64_t file = std::uint64_t{512} << 20;
    static constexpr std::uint64_t all_parts = std::uint64_t{512} << 20;
    static constexpr std::uint64_t one_part = std::uint64_t{256} << 20;
    static constexpr std::uint64_t entries = 10'000;
    static constexpr std::uint64_t ratio = 1'000;
    static constexpr std::uint64_t ratio_matters_above = std::uint64_t{10} << 20;
};

/// Half open: [begin, end) in the file.
struct byte_range {
    std::uint64_t begin = 0, end = 0;
    std::uint64_t size() const noexcept { return end - begin; }
};

struct record {
    std::string raw_name; ///< as the zip spells it
    std::string name;     ///< with "/" between folders
    std::string key;      ///< by which names compare: lower case
    bool folder = false;
    std::uint16_t flags = 0, method = 0;
    std::uint32_t crc = 0;
    std::uint64_t packed = 0, unpacked = 0;
    byte_range entry; ///< in the central directory
    byte_range local; ///< from the local header to the next record or the directory, whatever lies between
    byte_range data;  ///< the packed content
    std::uint64_t offset_field = 0; ///< where in the file its offset stands, 4 or 8 bytes wide
    bool wide_offset = false;
};

struct directory {
    std::vector<record> records; ///< in the order of the central directory
    byte_range central;
    std::uint64_t base = 0; ///< bytes before the zip; offsets count from here
    std::uint64_t end_record = 0;
    std::uint64_t wide_end_record = 0, wide_locator = 0; ///< 0 when there are none
};

/// Throws `input_refused`; `file` is what messages call it.
directory read_directory(std::string_view bytes, const std::string& file);

/// Inflates and checks size and CRC. Content that is stored is a view into `bytes`, owned by `owner`.
part_content inflate(std::string_view bytes, const std::shared_ptr<const void>& owner, const record&,
                     const std::string& file);

/// The same in a string of its own, without a copy on the way.
std::string inflated_text(std::string_view bytes, const record&, const std::string& file);

struct replacement {
    std::string name;
    const std::string* content = nullptr; ///< nullptr: the record goes
    std::size_t record = npos;            ///< npos: a new record
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

/// The file with some records replaced, gone or added, and every other byte as it was.
std::string rewrite(std::string_view bytes, const directory&, const std::vector<replacement>&);

std::uint32_t crc32(std::string_view) noexcept;

/// "xl\Workbook.xml" and "/xl/workbook.xml" are one part.
std::string key_of(std::string_view part_name);

/// Little-endian, as zip has it. \pre inside `bytes`.
inline std::uint16_t u16(std::string_view bytes, std::uint64_t at) noexcept {
    const auto byte = [&](std::uint64_t i) { return static_cast<unsigned>(static_cast<unsigned char>(bytes[i])); };
    return static_cast<std::uint16_t>(byte(at) | byte(at + 1) << 8);
}
inline std::uint32_t u32(std::string_view bytes, std::uint64_t at) noexcept {
    return u16(bytes, at) | static_cast<std::uint32_t>(u16(bytes, at + 2)) << 16;
}
inline std::uint64_t u64(std::string_view bytes, std::uint64_t at) noexcept {
    return u32(bytes, at) | static_cast<std::uint64_t>(u32(bytes, at + 4)) << 32;
}

} // namespace riskshare::workbook::detail::zip

#endif
