// The file system, seen by nothing below `package::open` and `package::save`.
#ifndef RISKSHARE_WORKBOOK_DETAIL_FILE_HPP
#define RISKSHARE_WORKBOOK_DETAIL_FILE_HPP

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace riskshare::workbook::detail::file {

/// The whole file, or `input_refused` with what is wrong and what to do.
std::string read(const std::filesystem::path&, std::uint64_t at_most);

/// Where bytes were read from, to notice that somebody else wrote there since.
struct origin {
    const std::filesystem::path& path; ///< empty: from memory
    std::string_view bytes;
};

/// Atomically, as `package::save` promises. Throws `cannot_write`.
void write(const std::filesystem::path&, std::string_view bytes, const origin&);

} // namespace riskshare::workbook::detail::file

#endif
