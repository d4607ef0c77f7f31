// A program that uses everything: a model goes out as JSON and comes back.
#include <riskshare/document.hpp>
#include <riskshare/workbook/package.hpp>

#include <iostream>

int main() {
    const riskshare::result<riskshare::model> none = riskshare::model_from_json("{}", "model.json");
    if (none) return 1;
    std::cout << none.why().message << '\n';
    try {
        riskshare::workbook::package::from_bytes("Reference,Plan\n", "plan.xlsx");
    } catch (const riskshare::input_refused& why) {
        std::cout << why.rule() << ": " << why.what() << '\n';
        return 0;
    }
    return 1;
}
