// Changing cells and nothing else, by splicing into the bytes that were read.
#ifndef RISKSHARE_WORKBOOK_PATCH_HPP
#define RISKSHARE_WORKBOOK_PATCH_HPP

#include <riskshare/workbook/sheet.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace riskshare::workbook {

/// What a cell is to hold.
struct edit {
    enum class what : std::uint8_t { clear, number, text, boolean, date, formula };
    std::string sheet;
    address at;
    what kind = what::number;
    std::string value;        ///< a number's decimal digits; text; "TRUE"; "2022-07-31"; a formula's stored result
    std::string formula = {}; ///< without "=", for what::formula
    std::optional<std::uint32_t> style = {}; ///< the cell keeps its own when not given
};

struct patch_options {
    bool overwrite_formulas = false;
    bool keep_results = false; ///< leave the stored results of formulas as they are, out of date
    bool spare_locked = false; ///< refuse cells that a protected sheet does not open for entry
};

/// What an edit did, and everything it brought about.
struct patch_summary {
    struct cell_change {
        std::string sheet;
        address at;
        std::string before, after;
    };
    /// A formula that depends on what changed and that we cannot work out: it holds no result until it is opened.
    struct lost_result {
        std::string sheet;
        address at;
        std::string before;
        std::string why; ///< "TODAY", "another workbook", "it depends on itself: 'Plan'!B7, 'Plan'!C7"
    };
    std::vector<cell_change> cells;
    std::vector<cell_change> results; ///< of formulas that depend on those cells
    std::vector<lost_result> lost;
    std::vector<std::string> parts_changed;
    std::vector<std::string>
        consequences; ///< sentences: "calculation chain dropped", "sheet is protected; edited as if not"
};

struct patched {
    package result;
    patch_summary summary;
};

/// Applies all edits or none. The failures name every edit that cannot be made, and why:
///   edit.no_sheet, edit.no_cells (a chart sheet), edit.beyond, edit.no_style, edit.twice, edit.ambiguous (the file
///   holds the cell twice), edit.not_a_number, edit.not_a_boolean, edit.not_a_date, edit.not_a_formula, edit.bad_text,
///   edit.too_long; and, because something else would break: edit.formula (unless `overwrite_formulas`), edit.array,
///   edit.data_table, edit.merged (not the cell that shows), edit.table_header (not text, or named in formulas),
///   edit.locked (with `spare_locked`).
/// A cell that holds the value already keeps its bytes; when all do, the result is the source, byte for byte.
/// Text is stored in its cell, so the shared strings stay as they are. The stored results of every formula that depends
/// on the cells become what a spreadsheet would show, and what charts keep of them; nothing else changes. Throws
/// `input_refused` when a part that the edits need cannot be read.
struct refused_edits {
    std::vector<failure> failures;
};
std::variant<patched, refused_edits> apply(const book&, const std::vector<edit>&, const patch_options& = {});

} // namespace riskshare::workbook

#endif
