// What became of each cell of a file when it was read, as the page shades it.
#ifndef RISKSHARE_PAGE_CELL_STATES_HPP
#define RISKSHARE_PAGE_CELL_STATES_HPP

#include <riskshare/answers.hpp>
#include <riskshare/provenance.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace riskshare::page {

struct cell_state_told {
    provenance at;
    std::string state, what;
};
using cell_states = std::vector<cell_state_told>;

template <class Request>
void ask_each_cell(Request& asked, bool wanted) {
    if constexpr (requires { asked.each_cell; }) asked.each_cell = wanted;
}

/// Cells that hold no amount are left out: they are not shaded.
template <class Answer>
cell_states states_of(const Answer& told) {
    cell_states out;
    if constexpr (requires { told.account->each; }) {
        if (!told.account) return out;
        for (const auto& cell : told.account->each) {
            const std::string state = to_string(cell.state);
            if (state != "no_amount") out.push_back({cell.at, state, cell.what});
        }
    }
    return out;
}

std::string states_json(const cell_states&, const std::string& sheet, std::uint32_t first, std::uint32_t last);

} // namespace riskshare::page

#endif
