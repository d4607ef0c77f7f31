// What differs between systems: the words typed, the console, and names of files, which are UTF-8 everywhere else.
#ifndef RISKSHARE_TOOL_PLATFORM_HPP
#define RISKSHARE_TOOL_PLATFORM_HPP

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

namespace riskshare::tool {

/// The words of the line after the command's own name, in UTF-8.
std::vector<std::string> words_typed(int argc, char** argv);

/// Streams carry bytes as they are, a console shows UTF-8, and an interrupt ends the command with its own status.
void prepare_console();

enum class stream { out, talk };
bool is_terminal(stream);

std::filesystem::path path_of(const std::string& utf8);
/// nullptr where it cannot be opened.
std::FILE* opened_for_reading(const std::string& utf8);

} // namespace riskshare::tool

#endif
