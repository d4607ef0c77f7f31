// A sheet to draw on, and a scale of amounts.
#ifndef RISKSHARE_SRC_REPORT_PACK_DRAWING_HPP
#define RISKSHARE_SRC_REPORT_PACK_DRAWING_HPP

#include "report/pack/safe_text.hpp"

#include <riskshare/exact.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace riskshare::report {

/// Hundredths of a pixel.
using place = std::int64_t;

/// Amounts along a line, from the round amount below the least to that above the most; nil is always among them.
class amount_scale {
public:
    amount_scale(const std::vector<exact>& amounts, place start, place length);

    place at(const exact& e) const {
        const exact::rational part = (e.pence() - low_.pence()) / (high_.pence() - low_.pence());
        return start_ + rounded(exact::pence(part * length_), rounding::half_away_from_zero).pence();
    }
    std::vector<exact> lines() const;
    /// "£2.5m", "−£500k", "0".
    std::string named(const exact&) const;

private:
    exact low_, high_, step_;
    place start_, length_;
};

class drawing {
public:
    void rect(place x1, place y, place x2, place height, const std::string& more);
    void line(place x1, place y1, place x2, place y2, const std::string& more);
    void text(place x, place y, const std::string& words, const std::string& more = "");
    void raw(const std::string& svg) { out_ += svg; }
    const std::string& done() const { return out_; }
    static std::string pixels(place p);

private:
    std::string out_;
};

} // namespace riskshare::report

#endif
