// Which part points to which.
#ifndef RISKSHARE_WORKBOOK_DETAIL_RELATIONSHIPS_HPP
#define RISKSHARE_WORKBOOK_DETAIL_RELATIONSHIPS_HPP

#include <riskshare/workbook/package.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace riskshare::workbook::detail {

struct relationship {
    std::string id;
    std::string type;   ///< the last word of its address: "worksheet", "sharedStrings"; the same in strict files
    std::string target; ///< a part's name, without a leading "/"; as stored when external
    bool external = false;
    bool missing = false; ///< internal, and the package has no such part
};

/// "xl/worksheets/_rels/sheet1.xml.rels" for "xl/worksheets/sheet1.xml"; "_rels/.rels" for "", the package itself.
std::string relationships_part(std::string_view part);

/// None when the part has no relationships. Throws `input_refused` when they cannot be read.
std::vector<relationship> relationships_of(const package&, std::string_view part);

/// The part that a target names, seen from `part`: absolute, relative, with "..", with "\" for "/".
std::string resolved(std::string_view part, std::string_view target);

/// What messages call a part: `plan.xlsx, part xl/workbook.xml`.
std::string place_of(const package&, std::string_view part);
/// The part in UTF-8.
std::string text_of(const package&, std::string_view part);

} // namespace riskshare::workbook::detail

#endif
