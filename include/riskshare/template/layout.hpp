// Finding a table in a sheet by what its headings say, wherever it stands.
#ifndef RISKSHARE_TEMPLATE_LAYOUT_HPP
#define RISKSHARE_TEMPLATE_LAYOUT_HPP

#include <riskshare/finding.hpp>
#include <riskshare/template/grid.hpp>
#include <riskshare/template/mapping.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates {

/// What a column may be: the headings by which people know it.
struct field {
    enum class holds : std::uint8_t { label, amount, text };
    std::string id;                    ///< "red"
    std::vector<std::string> headings; ///< lower case, without units or what stands in brackets
    holds kind = holds::amount;
    bool required = true;
    std::vector<std::string> weaker = {}; ///< headings that mean it only where no better one is there
    bool decides = false;                 ///< may be missing; but two columns that could be it are refused
    /// Where set, judges a column's whole heading in place of `headings`: its lines, top first, one a line.
    std::function<int(const std::string&)> reads = {};
};

/// A kind of table: its columns. The first field is the one that labels a row; its heading may be missing.
struct shape {
    std::string name; ///< "savings by rating", as messages call it
    std::vector<field> fields;
};

/// How well a heading fits a field: 100 to the letter, less for more words, a misspelling; 0 not at all.
int fit(std::string_view heading, const field&);

struct found_column {
    std::string field; ///< id; empty for a column that no field fits
    std::uint32_t column = 0;
    std::string heading;
    std::optional<riskshare::unit> unit = {}; ///< of an amount column; none when nothing names one
};

enum class row_kind : std::uint8_t {
    data,
    total,    ///< adds up rows above it, or all
    of_which, ///< part of the row above; never added
};

struct found_row {
    std::uint32_t row = 0;
    std::string label;
    row_kind kind = row_kind::data;
    std::string why = {};                     ///< of a total: how it was recognised
    std::vector<std::uint32_t> adds = {};     ///< of a sub-total: the rows that it adds up; empty when it adds up all
    std::optional<riskshare::unit> unit = {}; ///< that the row names for itself; it goes before the column's
};

/// A table that was found, and what was read as what.
struct found_table {
    templates::grid grid;
    std::string shape;
    std::uint32_t first_heading = 0, last_heading = 0;
    std::vector<found_column> columns;
    std::vector<found_row> rows;

    const found_column* column(std::string_view field) const;
    /// The first heading's cell: what messages point at.
    provenance at() const;
};

/// "savings by rating in plan.xlsx 'Efficiencies'!A4:G11, £000: organisation A, red B, …; 5 rows, 1 totals".
std::string describe(const found_table&);

struct layout_options {
    std::optional<unit> unit_if_none = {};                    ///< settles tables that name no unit
    std::function<bool(const std::string&)> known_label = {}; ///< rows so labelled are data, whatever they resemble
    table_mapping map = {};                                   ///< what a person said; it goes before every heading
    bool only_known = false;      ///< a table of which one row of data has no known label is none
    bool rows_name_units = false; ///< each row says what it is measured in: no unit is sought for the columns
};

/// Every table of the shape in the sheet, from top to bottom, and findings about tables that could not be read for
/// sure: "table.ambiguous_column", "table.ambiguous_unit", "table.no_unit". A table of numbers of things or of
/// percentages is none of money: it is left out with the note "table.not_money".
struct layout_result {
    std::vector<found_table> tables;
    std::vector<finding> findings;
};
layout_result find_tables(const grid&, const shape&, const layout_options& = {});

/// Whether a label says that its row adds up others: "Total", "LLR STP Total", "Sub-total", "System", "All".
bool names_a_total(std::string_view label);

} // namespace riskshare::templates

#endif
