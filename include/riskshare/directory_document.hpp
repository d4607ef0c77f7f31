// Directories of bodies as TOML: who is who in one system, and who succeeds whom.
#ifndef RISKSHARE_DIRECTORY_DOCUMENT_HPP
#define RISKSHARE_DIRECTORY_DOCUMENT_HPP

#include <riskshare/organisation.hpp>

#include <string>

namespace riskshare {

/// Reads a directory: a section a body, headed by its code. Fails with rule "directory.malformed" and the line; an
/// unknown key is refused, for it is likely misspelt.
///
///     [LCCCG]
///     name = "NHS Leicester City Clinical Commissioning Group"
///     also = ["CITY CCG", "Leicester City CCG"]     # other names in use
///     successor = "ICB"                             # who takes over, if anybody does
///     from = "2022/23 M4"                           # the successor's first month
result<organisation_directory> read_directory(const std::string& toml, const std::string& file_name);

} // namespace riskshare

#endif
