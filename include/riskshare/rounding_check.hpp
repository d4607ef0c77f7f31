// Is it rounding, or is it real? Decides exactly whether one set of unrounded amounts fits every printed figure at
// once.
#ifndef RISKSHARE_ROUNDING_CHECK_HPP
#define RISKSHARE_ROUNDING_CHECK_HPP

#include <riskshare/exact.hpp>
#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace riskshare {

/// What became of an amount exactly half-way between two printable figures.
enum class halves : std::uint8_t {
    unknown,        ///< either: both ends of the interval can be reached
    away_from_zero, ///< 0.5 was printed as 1, so 0.5 is not printed as 0
    to_even,        ///< 0.5 was printed as 0, 1.5 as 2
};

/// A figure as printed: it stands for any amount within half a step of its value.
struct printed_figure {
    std::string name;
    exact value;
    exact step; ///< zero: exact as it stands
    provenance at = {};
    bool printed = true; ///< false: takes part in relations, but nobody printed it
};

struct relation_term {
    std::size_t figure = 0; ///< index in its table
    ratio weight = 1;
};

/// What must hold before rounding: Σ weight · figure = 0.
struct relation {
    std::string name; ///< "Total, down", "variance = actual − plan"
    std::vector<relation_term> terms;
};

/// Printed figures and what must hold between them.
class printed_table {
public:
    std::size_t add(printed_figure);
    std::size_t add(std::string name, const figure&);
    /// total = Σ parts. Throws `precondition_violated` when a figure is not in the table.
    void relate(std::string name, std::size_t total, const std::vector<std::size_t>& parts);
    void relate(relation);

    const std::vector<printed_figure>& figures() const noexcept { return figures_; }
    const std::vector<relation>& relations() const noexcept { return relations_; }

private:
    std::vector<printed_figure> figures_;
    std::vector<relation> relations_;
};

/// Σ weight · printed value: how far the relation is from holding as printed.
exact printed_gap(const printed_table&, const relation&);
/// The largest gap that rounding alone can open: Σ |weight| · half a step.
exact rounding_slack(const printed_table&, const relation&);

/// Figures that cannot stand together, none of which can be left out.
struct conflict {
    std::vector<std::size_t> figures;
    std::vector<std::size_t> relations;
    exact excess; ///< by how much they miss each other, beyond rounding
};

struct moved_figure {
    std::size_t figure = 0;
    exact by; ///< beyond its interval
};

struct rounding_proof {
    riskshare::verdict verdict = riskshare::verdict::agrees;
    /// One unrounded amount for each figure, which satisfy every relation and print as printed; empty when real.
    std::vector<exact> witness = {};
    /// Smallest first; no relation in two of them. Empty unless real.
    std::vector<conflict> conflicts = {};
    /// The least total by which figures must leave their intervals, and one way of doing so.
    exact least_move = {};
    std::vector<moved_figure> moves = {};
};

/// Decides by exact arithmetic; every witness and every conflict is verified before it is returned.
rounding_proof prove_rounding(const printed_table&, halves);

/// Whether the amounts satisfy every relation and each lies in the interval of its figure.
bool is_witness(const printed_table&, halves, const std::vector<exact>& amounts);

} // namespace riskshare

// ---------------------------------------------------------------------------------------------------------------------

#include <riskshare/detail/rounding_proof.hpp>

#endif
