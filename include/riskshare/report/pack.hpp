// The monthly pack: what a set of files holds, in sections that a board can read, and the same in every format.
#ifndef RISKSHARE_REPORT_PACK_HPP
#define RISKSHARE_REPORT_PACK_HPP

#include <riskshare/account.hpp>
#include <riskshare/finding.hpp>
#include <riskshare/period.hpp>
#include <riskshare/unit.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace riskshare::report {

/// A figure of the pack, by its place in `pack::figures`.
using figure_id = std::size_t;

enum class pack_quantity : std::uint8_t { money, share, number };

/// One figure, with how it comes about. Every format writes this value and no other.
struct pack_figure {
    std::string name = {};            ///< "UHL, red savings"
    std::optional<exact> amount = {}; ///< pounds; a share as a fraction (0.5 is 50%). Nothing: it is unknown
    pack_quantity of = pack_quantity::money;
    bool blank = false;               ///< read from a cell that holds nothing; no sum takes it for nil
    bool read = false;                ///< as it stands in a cell; otherwise worked out
    std::string rule = {};            ///< in words: "red × 50% + amber × 25% + unidentified × 100%"
    std::string formula = {};         ///< the same over `from`: "{0}*{1}"; "+" is the sum of all; empty: no formula
    std::string over_list = {};       ///< else the same over columns of `pack::list`: "SUM([Plan])"
    std::vector<figure_id> from = {}; ///< what it is made of
    std::vector<provenance> at = {};  ///< where it was read
};

/// A cell of a table: words, or a figure.
struct pack_cell {
    std::string text = {};
    std::optional<figure_id> figure = {};
    pack_cell(std::string words) : text(std::move(words)) {}
    pack_cell(const char* words) : text(words) {}
    pack_cell(figure_id id) : figure(id) {}
};

struct pack_row {
    std::vector<pack_cell> cells = {};
    bool total = false;
};

struct pack_table {
    std::string caption = {};
    riskshare::unit unit = riskshare::unit::thousands; ///< in which its money is shown
    int places = 0;                                    ///< of its money
    std::vector<int> column_places = {};               ///< the same by column, where they differ
    std::vector<std::string> headings = {};
    std::vector<pack_row> rows = {};
    std::vector<std::string> notes = {};
    bool spending = false; ///< of spending alone, shown positive
};

struct pack_series {
    std::string name = {};
    std::vector<std::optional<figure_id>> figures = {}; ///< one a category
};

/// What a chart shows; each format draws it as it can. Beside it always stands the table that it draws.
struct pack_chart {
    enum class shape : std::uint8_t {
        stacked, ///< a bar a category, the series on each other
        bridge,  ///< one series of running totals, the first and last of them whole
        lines,   ///< the series over the categories
        range,   ///< one series: outcomes on one axis
        pairs,   ///< the series beside each other
        tornado, ///< the series beside each other, the largest first, either side of nil
    };
    shape as = shape::stacked;
    std::string title = {};       ///< says the message
    std::string description = {}; ///< what it shows, for who cannot see it
    std::size_t table = 0;        ///< of the section: the one that it draws
    std::vector<std::string> categories = {};
    std::vector<pack_series> series = {};
    std::vector<bool> mirrored = {}; ///< of a tornado: the categories drawn to the other side
};

struct pack_section {
    std::string id = {};    ///< "savings": stable
    std::string name = {};  ///< "Savings by rating"
    std::string title = {}; ///< the message: "£29.6m of £99.5m savings is at risk"
    std::vector<std::string> words = {};
    std::vector<pack_table> tables = {};
    std::vector<pack_chart> charts = {};
};

/// One of the sentences that a chair can read out, and the figures that make it true.
struct pack_sentence {
    std::string topic = {}; ///< "Where we stand"
    std::string text = {};
    std::vector<figure_id> figures = {};
};

/// A cell of the list: words, an amount in pounds, or what follows from cells of its row ("{Plan}") and figures ("#7").
struct listed_cell {
    std::string text = {};
    std::optional<exact> amount = {};
    std::string formula = {};
};

/// The lines that figures are added up over, such as a tracker's schemes: too many for a page, so that only the
/// workbook lists them.
struct pack_list {
    std::string name = {}, title = {};
    std::vector<std::string> headings = {};
    std::vector<std::vector<listed_cell>> rows = {};
};

/// A section that the files do not hold.
struct left_out_section {
    std::string name = {}, why = {};
};

struct pack {
    std::string title = {}; ///< "Finance pack, month 3 (June) 2022/23"
    std::optional<financial_year> year = {};
    std::optional<riskshare::month> month = {};
    std::vector<std::string> files = {};
    std::vector<pack_sentence> headline = {}; ///< five
    std::vector<pack_section> sections = {};
    std::vector<left_out_section> left_out = {};
    std::vector<pack_figure> figures = {};
    pack_list list = {};
    std::vector<finding> findings = {}; ///< worst first
    std::optional<account> accounted = {};
};

/// The places of a column's money.
int places_in(const pack_table&, std::size_t column);
/// The figure as its table shows it: "(1,234)", "29.7%", "unknown"; empty for a blank.
std::string shown(const pack_figure&, riskshare::unit, int places);

/// One page that needs nothing else: styles, charts and workings are in it.
std::string pack_html(const pack&);
/// riskshare.pack/1
std::string pack_json(const pack&);
/// One line a figure; texts can do nothing in a spreadsheet.
std::string pack_csv(const pack&);
std::string pack_markdown(const pack&);
/// For a terminal.
std::string pack_text(const pack&, bool colour);

} // namespace riskshare::report

#endif
