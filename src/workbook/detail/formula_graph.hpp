// Which formulas of a book read which cells.
#ifndef RISKSHARE_WORKBOOK_DETAIL_FORMULA_GRAPH_HPP
#define RISKSHARE_WORKBOOK_DETAIL_FORMULA_GRAPH_HPP

#include "workbook/detail/evaluation.hpp"
#include "workbook/detail/range_tree.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace riskshare::workbook::detail {

struct formula_node {
    std::uint32_t sheet = 0; ///< into `formula_graph::sheets`
    std::uint32_t cell = 0;  ///< into the sheet's cells
    range fills;             ///< itself, or all that its array formula fills
    bool array = false;
    bool moves = false; ///< OFFSET, INDIRECT: what it reads depends on what it reads
};

/// What a formula reads, as far as it says so.
struct formula_reads {
    std::vector<std::pair<std::string, range>> ranges; ///< by sheet
    bool moves = false;
};

class formula_graph {
public:
    /// Reads every sheet that holds a formula.
    formula_graph(const book&, evaluation&);

    struct of_sheet {
        std::string name;
        sheet_view* view = nullptr;
        range_tree readers;
        std::unordered_map<std::uint32_t, std::uint32_t> by_cell; ///< formula nodes by their cell
    };
    std::vector<of_sheet> sheets;
    std::vector<formula_node> nodes;

    /// nullptr when no formula reads that sheet or stands in it.
    of_sheet* find(const std::string& sheet);
    const cell& cell_of(const formula_node& n) const { return sheets[n.sheet].view->cells.cells()[n.cell]; }
    formula_reads reads_of(const formula_node&);

private:
    std::uint32_t index_of(const std::string& sheet);
    void add_formulas(const std::string& sheet);

    evaluation& work_;
    std::unordered_map<std::string, std::uint32_t> by_name_;
};

} // namespace riskshare::workbook::detail

#endif
