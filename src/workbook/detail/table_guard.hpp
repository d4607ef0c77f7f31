// The tables of a sheet while its cells are edited: a heading and the name of its column are one, and so are the label
// of a totals row and what the table says of it.
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
    /// To be told of each edit that is made: the label of a totals row is changed in the table too.
    void note(address, const new_value&);

    std::vector<package::change> changes() const;
    const std::vector<std::string>& sentences() const noexcept { return sentences_; }

private:
    struct column {
        std::string name, label, function;
        span raw, raw_label; ///< of name="…" and totalsRowLabel="…"; empty when there is none
        bool renamed = false, relabelled = false;
    };
    struct guarded {
        std::string part, name;
        part_text text;
        std::optional<range> headings, totals;
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
