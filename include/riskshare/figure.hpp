// A figure as it was read: its value, the unit it stands in, how precisely it was stated, and its cell.
#ifndef RISKSHARE_FIGURE_HPP
#define RISKSHARE_FIGURE_HPP

#include <riskshare/exact.hpp>
#include <riskshare/provenance.hpp>

#include <optional>

namespace riskshare {

/// "21.1" in £m read from plan.xlsx 'Cover'!B7: 21,100,000 pounds, stated to the nearest 100,000.
class figure {
public:
    /// \param shown_places the places that the cell displays, where a number format hides some; otherwise as written.
    figure(decimal written, unit u, provenance at = {}, std::optional<int> shown_places = {})
        : written_(written), unit_(u), places_(shown_places.value_or(written.places())), at_(std::move(at)) {}

    const decimal& written() const noexcept { return written_; }
    riskshare::unit unit() const noexcept { return unit_; }
    const provenance& at() const noexcept { return at_; }

    /// The value as stored, nothing lost.
    exact value() const { return exact(written_, unit_); }
    /// The step in which it is stated: £100,000 for 21.1 in £m.
    exact step() const { return exact(decimal(1, -places_), unit_); }
    /// The value as displayed, by the rule spreadsheets use.
    exact shown() const { return exact(rounded(value(), unit_, places_, rounding::half_away_from_zero), unit_); }
    int places() const noexcept { return places_; }

private:
    decimal written_;
    riskshare::unit unit_;
    int places_;
    provenance at_;
};

/// What a cell of a table holds: a figure, or nothing. Blank is not zero.
using cell_figure = std::optional<figure>;

/// For sums, where a blank adds nothing.
inline exact value_or_zero(const cell_figure& f) { return f ? f->value() : exact(); }

} // namespace riskshare

#endif
