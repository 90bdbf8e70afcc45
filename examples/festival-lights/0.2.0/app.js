App({ globalData: { show: 'diwali' } });
