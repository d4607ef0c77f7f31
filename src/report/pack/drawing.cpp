// A sheet to draw on, and a scale of amounts.
#include "report/pack/drawing.hpp"

#include <riskshare/accounting.hpp>

#include <algorithm>

namespace riskshare::report {

namespace {

/// The least of 1, 2 and 5 times a power of ten pence that gives seven lines at most.
exact round_step(const exact& span) {
    for (exact base = exact(money::pence(1));; base = base * ratio(10))
        for (const int times : {1, 2, 5})
            if (base * ratio(times * 7) >= span) return base * ratio(times);
}

exact floor_to(const exact& e, const exact& step) {
    const exact::rational steps = e.pence() / step.pence();
    return exact::pence(exact::rational(detail::rounded_integer(steps, rounding::down)) * step.pence());
}

} // namespace

amount_scale::amount_scale(const std::vector<exact>& amounts, place start, place length)
    : start_(start), length_(length) {
    for (const exact& e : amounts) low_ = std::min(low_, e), high_ = std::max(high_, e);
    if (low_ == high_) high_ = low_ + exact(money::pounds(1));
    step_ = round_step(high_ - low_);
    low_ = floor_to(low_, step_);
    high_ = -floor_to(-high_, step_);
}

std::vector<exact> amount_scale::lines() const {
    std::vector<exact> out;
    for (exact e = low_; e <= high_; e += step_) out.push_back(e);
    return out;
}

std::string amount_scale::named(const exact& e) const {
    if (e.is_zero()) return "0";
    const exact top = std::max(abs(low_), abs(high_));
    const unit u = top >= exact(money::thousands(1'000)) ? unit::millions
                   : top >= exact(money::pounds(1'000))  ? unit::thousands
                                                         : unit::pounds;
    int places = 0;
    while (places < 2 && exact(rounded(step_, u, places, rounding::half_away_from_zero), u) != step_) ++places;
    return (e.is_negative() ? "−£" : "£") + accounting(abs(e), u, places) +
           (u == unit::millions    ? "m"
            : u == unit::thousands ? "k"
                                   : "");
}

std::string drawing::pixels(place p) { return to_string(decimal(p, -2).normalised()); }

void drawing::rect(place x1, place y, place x2, place height, const std::string& more) {
    const place left = std::min(x1, x2), wide = std::max(x1, x2) - left;
    out_ += "<rect x=\"" + pixels(left) + "\" y=\"" + pixels(y) + "\" width=\"" + pixels(std::max<place>(wide, 50)) +
            "\" height=\"" + pixels(height) + "\" " + more + "/>";
}

void drawing::line(place x1, place y1, place x2, place y2, const std::string& more) {
    out_ += "<line x1=\"" + pixels(x1) + "\" y1=\"" + pixels(y1) + "\" x2=\"" + pixels(x2) + "\" y2=\"" + pixels(y2) +
            "\" " + more + "/>";
}

void drawing::text(place x, place y, const std::string& words, const std::string& more) {
    out_ += "<text x=\"" + pixels(x) + "\" y=\"" + pixels(y) + "\"" + (more.empty() ? "" : " ") + more + ">" +
            in_html(words, 80) + "</text>";
}

} // namespace riskshare::report
