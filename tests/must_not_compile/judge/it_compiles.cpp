// expect: something to be wrong
#include <riskshare/error.hpp>

int main() { return 0; }
