// Whether a line of figures is the sum of other lines: the one arithmetic for totals that are typed.
#ifndef RISKSHARE_SRC_TEMPLATE_TOTALS_ADDED_LINES_HPP
#define RISKSHARE_SRC_TEMPLATE_TOTALS_ADDED_LINES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace riskshare::templates::detail {

/// Sums of amounts: a column of millions of pounds in millionths leaves 64 bits.
__extension__ typedef __int128 wide;
inline wide magnitude(wide v) { return v < 0 ? -v : v; }

/// A figure in whole steps of one scale, and half the step in which it is stated.
struct stated {
    wide value = 0;
    wide half_step = 0;
};

/// The figures of a line by place (its columns, or its months); a place without one is blank.
using figures_of_line = std::vector<std::optional<stated>>;

/// Some lines added up, place by place. Adding one costs as much as it has places, so that every run of lines that
/// ends at a place can be tried in the time that it takes to add them once.
class added_lines {
public:
    explicit added_lines(std::size_t places) : sums_(places) {}

    /// \param sign 1, or −1 for a line that is taken off
    void add(const figures_of_line& line, int sign = 1) {
        ++lines_;
        for (std::size_t p = 0; p < sums_.size(); ++p)
            if (line[p]) {
                sums_[p].value += sign * line[p]->value;
                sums_[p].half_step += line[p]->half_step;
                ++sums_[p].figures;
            }
    }

    std::size_t lines() const noexcept { return lines_; }
    wide sum(std::size_t place) const { return sums_[place].value; }
    /// How many of the lines have a figure there.
    std::size_t figures(std::size_t place) const { return sums_[place].figures; }

    /// At how many places a total's figure is the sum, as far as both are stated, and at how many it is not. A blank in
    /// the total says nothing; `telling` are those that agree and are not nought.
    struct fit {
        std::size_t agree = 0, differ = 0, telling = 0;
        bool all() const noexcept { return differ == 0 && agree > 0; }
    };
    fit fit_of(const figures_of_line& total) const {
        fit f;
        for (std::size_t p = 0; p < sums_.size(); ++p) {
            if (!total[p]) continue;
            if (magnitude(total[p]->value - sums_[p].value) > total[p]->half_step + sums_[p].half_step) {
                ++f.differ;
                continue;
            }
            ++f.agree;
            f.telling += total[p]->value != 0 && sums_[p].figures > 0;
        }
        return f;
    }

private:
    struct sum_at_place {
        wide value = 0, half_step = 0;
        std::size_t figures = 0;
    };
    std::vector<sum_at_place> sums_;
    std::size_t lines_ = 0;
};

} // namespace riskshare::templates::detail

#endif
