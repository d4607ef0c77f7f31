// Builds zips byte by byte, odd and hostile ones too.
#ifndef TESTS_SUPPORT_ZIP_MAKER_HPP
#define TESTS_SUPPORT_ZIP_MAKER_HPP

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace support {

/// One record, every field of which may lie.
struct zip_record {
    std::string name, data;
    std::uint16_t method = 0, flags = 0;
    std::uint32_t unpacked = 0xFFFFFFFF; ///< as long as `data` unless given
    std::uint32_t crc = 0;               ///< that of `data` unless given
    std::string local_extra = {}, entry_extra = {}, comment = {}, local_name = {};
    bool descriptor = false;      ///< sizes follow the data
    std::uint32_t offset_add = 0; ///< makes the directory point elsewhere
    bool narrow = false;          ///< in a zip64 directory, an entry without a zip64 field
};

struct zip_options {
    std::string before = {}, comment = {}, after = {};
    bool zip64 = false;
};

inline std::uint32_t crc_of(std::string_view bytes) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (const char c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0u);
    }
    return ~crc;
}

inline std::string le(std::uint64_t value, int width) {
    std::string bytes;
    for (int i = 0; i < width; ++i) bytes += static_cast<char>(value >> 8 * i & 0xFF);
    return bytes;
}

inline std::string zip_of(const std::vector<zip_record>& records, const zip_options& options = {}) {
    std::string out = options.before, directory;
    for (const zip_record& r : records) {
        const std::uint64_t size = r.unpacked == 0xFFFFFFFF ? r.data.size() : r.unpacked;
        const std::uint32_t crc = r.crc != 0 ? r.crc : crc_of(r.data);
        const auto flags = static_cast<std::uint16_t>(r.flags | (r.descriptor ? 8 : 0));
        const std::string sizes = le(crc, 4) + le(r.data.size(), 4) + le(size, 4);
        const std::string common = le(20, 2) + le(flags, 2) + le(r.method, 2) + le(0x6C32, 2) + le(0x5376, 2);
        const std::uint64_t offset = out.size() - options.before.size() + r.offset_add;
        const std::string local_name = r.local_name.empty() ? r.name : r.local_name;
        out += "PK\3\4" + common + (r.descriptor ? std::string(12, '\0') : sizes) + le(local_name.size(), 2) +
               le(r.local_extra.size(), 2) + local_name + r.local_extra + r.data;
        if (r.descriptor) out += "PK\7\10" + sizes;
        const std::string wide = le(1, 2) + le(8, 2) + le(offset, 8);
        const bool is_wide = options.zip64 && !r.narrow;
        const std::string extra = is_wide ? r.entry_extra + wide : r.entry_extra;
        directory += "PK\1\2" + le(45, 2) + common + sizes + le(r.name.size(), 2) + le(extra.size(), 2) +
                     le(r.comment.size(), 2) + le(0, 2) + le(0, 2) + le(0, 4) + le(is_wide ? 0xFFFFFFFF : offset, 4) +
                     r.name + extra + r.comment;
    }
    const std::uint64_t at = out.size() - options.before.size();
    out += directory;
    if (options.zip64)
        out += "PK\6\6" + le(44, 8) + le(45, 2) + le(45, 2) + le(0, 4) + le(0, 4) + le(records.size(), 8) +
               le(records.size(), 8) + le(directory.size(), 8) + le(at, 8) + "PK\6\7" + le(0, 4) +
               le(at + directory.size(), 8) + le(1, 4);
    const std::uint64_t count = options.zip64 ? 0xFFFF : records.size();
    out += "PK\5\6" + le(0, 2) + le(0, 2) + le(count, 2) + le(count, 2) +
           le(options.zip64 ? 0xFFFFFFFF : directory.size(), 4) + le(options.zip64 ? 0xFFFFFFFF : at, 4) +
           le(options.comment.size(), 2) + options.comment;
    return out + options.after;
}

} // namespace support

#endif
