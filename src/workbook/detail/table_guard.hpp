// The tables of a sheet while its cells are edited: a heading and the name of its column are one.
#ifndef RISKSHARE_WORKBOOK_DETAIL_TABLE_GUARD_HPP
#define RISKSHARE_WORKBOOK_DETAIL_TABLE_GUARD_HPP

#include "workbook/detail/new_value.hpp"
#include "workbook/detail/sheet_scan.hpp"
#include "workbook/detail/xml_text.hpp"

#include <optional>
#include <string>
#include <vector>

namespace riskshare::workbook::detail {

class table_guard {
public:
    table_guard(const book& source, const std::string& sheet_part);

    /// Why the cell may not hold that value: the end of a sentence about it. Otherwise the column takes the new name.
    std::optional<std::string> objection(address, const new_value&);

    std::vector<package::change> changes() const;
    const std::vector<std::string>& sentences() const noexcept { return sentences_; }

private:
    struct column {
        std::string name;
        span raw; ///< of name="…"
        bool renamed = false;
    };
    struct guarded {
        std::string part, name;
        part_text text;
        range headings;
        std::vector<column> columns;
    };
    static std::optional<guarded> read(const package&, const std::string& part);
    bool is_named_in_formulas(const std::string& heading) const;

    const book& source_;
    std::vector<guarded> tables_;
    std::vector<std::string> sentences_;
};

} // namespace riskshare::workbook::detail

#endif
