#include "cell_states.hpp"

#include <nlohmann/json.hpp>

namespace riskshare::page {

std::string states_json(const cell_states& states, const std::string& sheet, std::uint32_t first, std::uint32_t last) {
    nlohmann::json out = nlohmann::json::object();
    for (const cell_account& cell : states) {
        if (cell.state == cell_state::no_amount || cell.at.row() < first || last < cell.at.row()) continue;
        if (cell.at.sheet() == sheet) out[cell.at.cell()] = nlohmann::json::array({to_string(cell.state), cell.what});
    }
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace riskshare::page
