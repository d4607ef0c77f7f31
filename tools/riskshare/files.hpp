// The file system, as the command sees it: what is read, what is written, and which name is which file.
#ifndef RISKSHARE_TOOL_FILES_HPP
#define RISKSHARE_TOOL_FILES_HPP

#include <riskshare/answers.hpp>

#include <map>
#include <string>

namespace riskshare::tool {

/// A whole file, or standard input for "-". Throws `input_refused` with rule "file.unreadable".
std::string read_file(const std::string& name);

/// Whether a file of this name, and no device or folder, is there.
bool is_there(const std::string& name);

/// Whether both names are of one file that is there.
bool are_one_file(const std::string& a, const std::string& b);

/// Writes a file that was made, atomically; "-" is standard output. Where it replaces a file that was read, what was
/// read of it must still stand there. Throws `cannot_write`.
void write_file(const answers::named_bytes&, const std::map<std::string, std::string>& as_read);

} // namespace riskshare::tool

#endif
