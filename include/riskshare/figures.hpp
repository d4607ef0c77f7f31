// Every figure that a model holds, one by one: what it is of, and which cell it was read from.
#ifndef RISKSHARE_FIGURES_HPP
#define RISKSHARE_FIGURES_HPP

#include <riskshare/model.hpp>

#include <functional>
#include <optional>
#include <string>

namespace riskshare {

/// What kind of quantity a figure is.
enum class measured : std::uint8_t { money, percent, number };
const char* to_string(measured);

/// One figure and its place in the model. Texts are empty where nothing is to be said.
struct stated_figure {
    std::string table;  ///< "savings", "control totals", "system position", "schemes", …
    std::string body;   ///< whose it is
    std::string item;   ///< the line, scheme or measure
    std::string kind;   ///< "plan", "actual", "red", "printed variance"
    std::string basis;  ///< "in month", "to date", "full year"
    std::string period; ///< "M3", "M3 2022/23"
    bool total = false; ///< a total as it was printed: never to be added to the figures that it sums up
    measured in = measured::money;
    exact amount = {};                   ///< in pounds; a percentage or number as it is
    std::optional<decimal> written = {}; ///< as the cell states it, in `unit`
    std::optional<riskshare::unit> unit = {};
    provenance at = {};
    bool at_its_row = false; ///< `at` is a cell of its row: the figure stands in that row or column
};

/// "savings plan of UHL, red"; "system position, \"Total income\", actual to date".
std::string in_words(const stated_figure&);

using figure_listener = std::function<void(const stated_figure&)>;

/// All figures of the model but those of its schemes, in the order of its parts. One description of the model, that by
/// which it is written as JSON, says what there is: a field that is new there is listed here.
void each_figure(const model&, const figure_listener&);
void each_figure(const finance_report&, const figure_listener&);

} // namespace riskshare

#endif
