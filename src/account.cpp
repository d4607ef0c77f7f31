// Says in one line what an account comes to.
#include <riskshare/account.hpp>

#include <algorithm>

namespace riskshare {

namespace {

std::string how_many(std::size_t n, const char* what) { return std::to_string(n) + " " + what + (n == 1 ? "" : "s"); }

/// Reasons are said of a sheet, "where no table was found", or of amounts, "in rows that were not read".
std::string clause(const std::string& why) { return why.rfind("no ", 0) == 0 ? ", where " + why : " " + why; }

} // namespace

std::string one_line(const account& a) {
    if (a.amounts() == 0) return "";
    const std::string in = a.tables == 0 ? "" : " in " + how_many(a.tables, "table");
    if (a.left == 0)
        return (a.amounts() == 1 ? "The only amount was" : "All " + std::to_string(a.amounts()) + " amounts were") +
               " read or proved" + in + ".";
    std::string text = std::to_string(a.amounts() - a.left) + " of " + how_many(a.amounts(), "amount") +
                       " read or proved" + in + "; left:";
    std::vector<const left_group*> groups;
    for (const left_group& g : a.left_by_sheet) groups.push_back(&g);
    std::stable_sort(groups.begin(), groups.end(),
                     [](const left_group* x, const left_group* y) { return x->amounts > y->amounts; });
    constexpr std::size_t most_groups = 3;
    std::size_t rest = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (i >= most_groups) {
            rest += groups[i]->amounts;
            continue;
        }
        text += (i == 0 ? " " : "; ") + std::to_string(groups[i]->amounts) + " on '" + groups[i]->sheet.sheet() + "'" +
                clause(groups[i]->why);
    }
    if (rest > 0) text += "; " + std::to_string(rest) + " elsewhere";
    return text + " (--verbose names each).";
}

} // namespace riskshare
