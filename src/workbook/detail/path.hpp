// Names of files are UTF-8 everywhere; only here do they become what the file system takes.
#ifndef RISKSHARE_WORKBOOK_DETAIL_PATH_HPP
#define RISKSHARE_WORKBOOK_DETAIL_PATH_HPP

#include <cstdio>
#include <filesystem>
#include <string>

namespace riskshare::workbook::detail::file {

inline std::filesystem::path path_of(const std::string& utf8) {
#ifdef _WIN32
    return std::filesystem::path(std::u8string(utf8.begin(), utf8.end()));
#else
    return std::filesystem::path(utf8);
#endif
}

inline std::string text_of(const std::filesystem::path& path) {
#ifdef _WIN32
    const std::u8string text = path.u8string();
    return std::string(text.begin(), text.end());
#else
    return path.string();
#endif
}

/// nullptr, and `errno`, where it cannot be opened.
inline std::FILE* opened_for_reading(const std::filesystem::path& path) {
#ifdef _WIN32
    return _wfopen(path.c_str(), L"rb");
#else
    return std::fopen(path.c_str(), "rb");
#endif
}

} // namespace riskshare::workbook::detail::file

#endif
