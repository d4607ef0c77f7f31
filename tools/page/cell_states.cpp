#include "cell_states.hpp"

#include "detail/json_value.hpp"

namespace riskshare::page {

std::string states_json(const cell_states& states, const std::string& sheet, std::uint32_t first, std::uint32_t last) {
    std::string out = "{";
    for (const cell_account& cell : states) {
        if (cell.state == cell_state::no_amount || cell.at.row() < first || last < cell.at.row()) continue;
        if (cell.at.sheet() != sheet) continue;
        if (out.size() > 1) out += ',';
        out += json::in_json(cell.at.cell()) + ":[" + json::in_json(to_string(cell.state)) + "," +
               json::in_json(cell.what) + "]";
    }
    return out + "}";
}

} // namespace riskshare::page
