#include "cell_states.hpp"

#include <nlohmann/json.hpp>

namespace riskshare::page {

std::string states_json(const cell_states& states, const std::string& sheet, std::uint32_t first, std::uint32_t last) {
    nlohmann::json out = nlohmann::json::object();
    for (const cell_state_told& s : states)
        if (first <= s.at.row() && s.at.row() <= last && s.at.sheet() == sheet)
            out[s.at.cell()] = nlohmann::json::array({s.state, s.what});
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace riskshare::page
