// Variances that a tracker prints, held against its plan and actual: which way their signs go.
#ifndef RISKSHARE_SRC_TEMPLATE_TRACKER_VARIANCES_HPP
#define RISKSHARE_SRC_TEMPLATE_TRACKER_VARIANCES_HPP

#include "template/tracker_rows.hpp"

#include <array>
#include <vector>

namespace riskshare::templates::detail {

class printed_variances {
public:
    printed_variances(const grid& g, const heading_block& b) : grid_(g), block_(b) {}

    /// A row of a scheme or a total, and its plan and actual, to date and of the year; blank where it gives none.
    void take(const tracker_row&, const std::array<std::optional<money>, 2>& plan,
              const std::array<std::optional<money>, 2>& actual, bool is_total);

    /// "tracker.mixed_signs" where shortfalls are printed both ways, "tracker.variance_sign" where all are positive,
    /// "tracker.variance" for one that is neither difference of its row.
    void review(std::vector<finding>&) const;

private:
    struct seen {
        std::size_t actual_less_plan = 0, plan_less_actual = 0;
        provenance first_actual, first_plan;
    };
    struct of_column {
        seen rows, totals;
        std::vector<std::uint32_t> neither;
    };
    const tracker_column* column(std::size_t) const;

    const grid& grid_;
    const heading_block& block_;
    std::array<of_column, 2> columns_;
};

} // namespace riskshare::templates::detail

#endif
