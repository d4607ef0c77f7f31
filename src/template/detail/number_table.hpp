// The numbers of one stretch of a sheet, ready for adding up.
#ifndef RISKSHARE_TEMPLATE_DETAIL_NUMBER_TABLE_HPP
#define RISKSHARE_TEMPLATE_DETAIL_NUMBER_TABLE_HPP

#include "template/totals/added_lines.hpp"

#include <riskshare/decimal.hpp>
#include <riskshare/unit.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace riskshare::templates::detail {

/// 10^n. \pre 0 ≤ n ≤ 18
inline std::int64_t power_of_ten(int n) {
    std::int64_t p = 1;
    for (; n > 0; --n) p *= 10;
    return p;
}

/// One amount, in millionths of its column's unit: what is finer is the noise of binary fractions.
struct amount {
    std::int64_t micro = 0;
    std::int64_t shown = 0;      ///< as the cell displays it
    std::int64_t half_step = 0;  ///< half of the step in which it is stated
    std::int64_t shown_half = 0; ///< half of the step in which the cell displays it; never less than `half_step`
    int places = 0;              ///< in which it is stated
    int hidden_digits = 0;       ///< that its number format takes off the display: 6 where millions are shown
    bool general = false;        ///< a number without a format: `places` are those that were typed
    const workbook::cell* cell = nullptr;
};

struct line {
    std::uint32_t number = 0; ///< row or column of the sheet
    std::string label;
    bool total = false;    ///< says of itself that it is one
    bool doubtful = false; ///< "of which", rates, percentages: adds nothing, unless the figures say that it does
    bool counts = false;   ///< only numbers the lines of the other direction
    bool hidden = false;   ///< in the sheet
    bool part = false;     ///< stands under "of which": part of a line above it, and adds nothing
    bool of_which = false; ///< says "of which" and no rate: its amounts add up along the line itself
};

/// Rows and columns of amounts under one heading.
struct number_table {
    std::vector<line> rows, columns;
    std::vector<std::vector<std::optional<amount>>> cells; ///< [row][column]
    std::vector<unit> units;                               ///< by column
    std::vector<bool> unit_known;
    std::set<std::pair<std::size_t, std::size_t>> withheld; ///< row and column of cells that hold a text for an amount
    bool filtered = false;                                  ///< a filter is set, and hides what is hidden
};

std::vector<number_table> number_tables(const workbook::sheet&, std::optional<unit> unit_if_none,
                                        std::vector<workbook::range> left_out = {});
/// The cells of pivot tables, array formulas and data tables: Excel computes each of these at once, right or wrong, and
/// what they add up is theirs to say.
std::vector<workbook::range> computed_at_once(const workbook::book&, const workbook::sheet&);

/// Turns the amounts of a column that has no signs, where the column to its right says of each "A" or "Adv".
void take_letters(number_table&, const workbook::sheet&);

enum class balance_side : std::uint8_t { neither, opening, closing };
/// Whether a line says that it is an opening or a closing balance, and of what, months and years left out.
struct balance_words {
    balance_side side = balance_side::neither;
    std::string others;
};
balance_words balance_words_of(const std::string& label);

/// Σ weight · amount = 0; the first term is the outcome, weight −1.
struct found_relation {
    struct term {
        std::size_t row = 0, column = 0;
        int weight = 1;
    };
    std::vector<term> terms;
    bool down = true;
    std::string name;
};

/// A total of which nothing is known: it says that it is one, and no run of the lines around it adds up to it at most
/// places. `parts` are those that a total like it usually adds up.
struct doubtful_total {
    bool down = true;
    std::size_t line = 0; ///< row, or column where it is a total across
    std::vector<std::size_t> parts;
};
/// A figure of a total of which some part is a text and no amount: what it should be cannot be known.
struct unknown_sum {
    std::size_t row = 0, column = 0;           ///< the total's
    std::size_t text_row = 0, text_column = 0; ///< the first such part's
};

struct found_relations {
    std::vector<found_relation> relations;
    std::vector<doubtful_total> doubtful;
    std::vector<unknown_sum> unknown;
    std::size_t not_looked_at = 0; ///< lines whose sums were not sought, for the table has too many of them
};

/// The sums down the rows, or across the columns.
void find_sums(const number_table&, bool across, found_relations&);

/// Income less spending, in a statement without sub-totals.
void find_results(const number_table&, found_relations&);

/// The sums and differences that the table means to hold.
found_relations relations_of(const number_table&);

} // namespace riskshare::templates::detail

#endif
