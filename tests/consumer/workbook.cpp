// A program that uses the workbook wing, and knows nothing of finance.
#include <riskshare/workbook/package.hpp>

#include <iostream>

int main() {
    try {
        riskshare::workbook::package::from_bytes("Reference,Plan\n", "plan.xlsx");
    } catch (const riskshare::input_refused& why) {
        std::cout << why.rule() << ": " << why.what() << '\n';
        return 0;
    }
    return 1;
}
