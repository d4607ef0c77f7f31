// From the raw text of a cell to what stands in it.
#ifndef RISKSHARE_WORKBOOK_DETAIL_CELL_VALUES_HPP
#define RISKSHARE_WORKBOOK_DETAIL_CELL_VALUES_HPP

#include "workbook/detail/sheet_scan.hpp"
#include "workbook/detail/string_table.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace riskshare::workbook::detail {

/// What a cell's meaning depends on besides itself.
struct cell_context {
    const string_table* strings = nullptr;
    std::string_view prefix; ///< of the sheet's root element
    std::string_view where;  ///< what messages call the sheet's part
    bool from_1904 = false;
};

struct stored_value {
    cell_kind kind = cell_kind::blank;
    std::string_view text; ///< into the part, the shared strings or `scratch`
};

/// Throws `input_refused` for what no program that writes workbooks means: "workbook.number" (NaN, or beyond ±10^308),
/// "workbook.shared_string" (no such string), "workbook.boolean", "workbook.date", "workbook.cell_type".
stored_value value_of(const raw_cell&, const cell_context&, std::string& scratch);

/// Reads the formulas of one sheet, cell by cell.
class formula_reader {
public:
    explicit formula_reader(std::string_view where) : where_(where) {}

    /// Without "="; empty, and the index stored in `missing`, when the shared formula is not known yet.
    /// A data table reads as Excel shows it: TABLE(row input, column input).
    std::string read(const raw_cell&, std::string* missing = nullptr);
    /// The member of a shared formula at `at`; nothing when the file never gives that formula.
    std::optional<std::string> member(const std::string& shared_index, address at) const;
    /// Only remembers what later members need. \pre the cell has a formula
    void note(const raw_cell&);

    /// The cells that an array formula or data table fills; nothing for other formulas.
    static std::optional<range> filled(const raw_cell&);

private:
    struct master {
        std::string text;
        address at;
    };
    std::string_view where_;
    std::unordered_map<std::string, master> masters_;
};

} // namespace riskshare::workbook::detail

#endif
