// Makes the figures of a pack: each is read, or worked out from others and says how.
#ifndef RISKSHARE_SRC_REPORT_PACK_MAKER_HPP
#define RISKSHARE_SRC_REPORT_PACK_MAKER_HPP

#include <riskshare/figure.hpp>
#include <riskshare/report/pack.hpp>

#include <string>
#include <utility>
#include <vector>

namespace riskshare::report {

class pack_maker {
public:
    explicit pack_maker(pack& p) : pack_(p) {}

    /// As it stands in a cell; a blank stays one.
    figure_id read(std::string name, const cell_figure&);
    /// Given without a unit of its own.
    figure_id given(std::string name, const std::optional<exact>&, std::vector<provenance> at, std::string rule = {});
    /// A weight, share or likelihood: an input.
    figure_id share(std::string name, const ratio&, std::string rule, std::vector<provenance> at = {});
    figure_id number(std::string name, std::int64_t);

    /// A blank adds nothing; one that is unknown makes the sum unknown. Of nothing: nil.
    figure_id sum(std::string name, std::vector<figure_id>, std::string rule);
    /// Unknown where either is, or is blank.
    figure_id difference(std::string name, figure_id from, figure_id less, std::string rule);
    /// The sum of products; a blank adds nothing.
    figure_id weighed(std::string name, const std::vector<std::pair<figure_id, figure_id>>&, std::string rule);
    /// Unknown where the whole is nil.
    figure_id quotient(std::string name, figure_id part, figure_id whole, std::string rule);
    /// What only the library works out. \param formula may be empty.
    figure_id worked(std::string name, const std::optional<exact>&, std::string rule, std::string formula,
                     std::vector<figure_id> from);
    /// Says of a figure that was read that it is the sum of others, where it is exactly that.
    void is_sum(figure_id, std::vector<figure_id> parts, std::string rule);
    /// What was worked out here is what the library gives; else the library's stands, without a formula.
    figure_id agreed(figure_id, const std::optional<exact>& by_library);
    /// How a figure that was made before follows from others, where it is exactly that: sums and differences alone.
    void follows(figure_id, std::string formula, std::vector<figure_id> from);
    /// The figure follows from the list of schemes.
    figure_id over_list(figure_id id, std::string formula) {
        pack_.figures[id].over_list = std::move(formula);
        return id;
    }
    void came_from(figure_id id, std::vector<provenance> at) { pack_.figures[id].at = std::move(at); }

    const std::optional<exact>& of(figure_id id) const { return pack_.figures[id].amount; }
    exact or_nil(figure_id id) const { return of(id).value_or(exact()); }
    pack& whole() { return pack_; }

private:
    figure_id keep(pack_figure);
    pack& pack_;
};

/// For each column the places, `least` at least and two more at most, with which no figure that was read is cut; else
/// `least`. \param all those that were worked out count as well
void fit_places(pack_table&, const pack&, int least, bool all = false);

} // namespace riskshare::report

#endif
