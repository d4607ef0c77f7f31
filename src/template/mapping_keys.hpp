// What a mapping file may say: its sections, their columns and keys.
#ifndef RISKSHARE_SRC_TEMPLATE_MAPPING_KEYS_HPP
#define RISKSHARE_SRC_TEMPLATE_MAPPING_KEYS_HPP

#include <vector>

namespace riskshare::templates::detail {

struct known_key {
    const char *name, *example, *what;
};

/// A section that places a table. The same list checks a mapping, proposes the word that was meant and is printed as
/// help.
struct known_section {
    const char *name, *what;
    std::vector<const char*> columns; ///< none: no column of it can be placed
    const char* example = "";
};

const std::vector<known_key>& table_keys();
const std::vector<known_section>& table_sections();
/// Sections of values.
const std::vector<known_key>& value_sections();

} // namespace riskshare::templates::detail

#endif
